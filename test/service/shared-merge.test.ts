import "fake-indexeddb/auto";
import { sharedMergeContract } from "./shared-merge-contract.ts";

sharedMergeContract(10);
