import { registryViewsContract } from "./registry-views-contract.ts";

registryViewsContract();
