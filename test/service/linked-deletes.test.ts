import "fake-indexeddb/auto";
import { linkedDeletesContract } from "./linked-deletes-contract.ts";

linkedDeletesContract();
