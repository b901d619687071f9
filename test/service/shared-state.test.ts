import "fake-indexeddb/auto";
import { sharedStateContract } from "./shared-state-contract.ts";

sharedStateContract(12);
