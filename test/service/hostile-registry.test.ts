import "fake-indexeddb/auto";
import { hostileRegistryContract } from "./hostile-registry-contract.ts";

hostileRegistryContract();
