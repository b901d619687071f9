import "fake-indexeddb/auto";
import { registryVerifyContract } from "./registry-verify-contract.ts";

registryVerifyContract();
