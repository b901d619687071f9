import "fake-indexeddb/auto";
import { registryImportContract } from "./registry-import-contract.ts";
import { registryLogContract } from "./registry-log-contract.ts";

registryLogContract();
registryImportContract();
