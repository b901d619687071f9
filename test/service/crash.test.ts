import "fake-indexeddb/auto";
import { crashContract } from "./crash-contract.ts";

crashContract();
