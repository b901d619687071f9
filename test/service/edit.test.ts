import "fake-indexeddb/auto";
import { editContract } from "./edit-contract.ts";

editContract();
