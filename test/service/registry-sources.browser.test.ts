import { registrySourcesContract } from "./registry-sources-contract.ts";

registrySourcesContract();
