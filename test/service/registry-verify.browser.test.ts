import { registryVerifyContract } from "./registry-verify-contract.ts";

registryVerifyContract();
