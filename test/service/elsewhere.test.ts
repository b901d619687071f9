import "fake-indexeddb/auto";
import { elsewhereContract } from "./elsewhere-contract.ts";

elsewhereContract();
