import "fake-indexeddb/auto";
import { freeingContract } from "./freeing-contract.ts";
import { trashContract } from "./trash-contract.ts";

trashContract();
freeingContract();
