import "fake-indexeddb/auto";
import { fetchMissingContract } from "./fetch-missing-contract.ts";

fetchMissingContract();
