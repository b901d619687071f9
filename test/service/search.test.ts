import "fake-indexeddb/auto";
import { searchContract } from "./search-contract.ts";

searchContract();
