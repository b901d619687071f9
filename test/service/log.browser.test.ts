import { draftBytesContract } from "./draft-bytes-contract.ts";
import { logContract } from "./log-contract.ts";

logContract();
draftBytesContract();
