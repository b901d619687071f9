import { logContract } from "./log-contract.ts";

logContract();
