import "fake-indexeddb/auto";
import { trashContract } from "./trash-contract.ts";

trashContract();
