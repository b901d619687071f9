import { hostileRegistryContract } from "./hostile-registry-contract.ts";

hostileRegistryContract();
