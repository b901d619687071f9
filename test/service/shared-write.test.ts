import "fake-indexeddb/auto";
import { sharedWriteContract } from "./shared-write-contract.ts";

sharedWriteContract();
