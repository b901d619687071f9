import "fake-indexeddb/auto";
import { registrySourcesContract } from "./registry-sources-contract.ts";

registrySourcesContract();
