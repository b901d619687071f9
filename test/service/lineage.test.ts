import "fake-indexeddb/auto";
import { lineageContract } from "./lineage-contract.ts";

lineageContract();
