import "fake-indexeddb/auto";
import { registryViewsContract } from "./registry-views-contract.ts";

registryViewsContract();
