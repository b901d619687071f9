import "fake-indexeddb/auto";
import { findContract } from "./find-contract.ts";

findContract();
