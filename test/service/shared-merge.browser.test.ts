import { sharedMergeContract } from "./shared-merge-contract.ts";

sharedMergeContract(2);
