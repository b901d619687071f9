import "fake-indexeddb/auto";
import { logContract } from "./log-contract.ts";

logContract();
