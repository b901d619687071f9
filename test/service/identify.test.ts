import "fake-indexeddb/auto";
import { identifyContract } from "./identify-contract.ts";

identifyContract();
