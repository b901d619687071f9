import "fake-indexeddb/auto";
import { identityContract } from "./identity-contract.ts";
import { registryAppendContract } from "./registry-append-contract.ts";
import { registryContract } from "./registry-contract.ts";
import { registryPeopleContract } from "./registry-people-contract.ts";

identityContract();
registryAppendContract();
registryContract();
registryPeopleContract();
