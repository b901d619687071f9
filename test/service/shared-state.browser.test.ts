import { sharedStateContract } from "./shared-state-contract.ts";

sharedStateContract(3);
