import "fake-indexeddb/auto";
import { modelContract } from "./model-contract.ts";

modelContract(1000);
