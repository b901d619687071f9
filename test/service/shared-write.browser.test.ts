import { sharedWriteContract } from "./shared-write-contract.ts";

sharedWriteContract();
