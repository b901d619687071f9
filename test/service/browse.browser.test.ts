import { browseContract } from "./browse-contract.ts";
import { resolveContract } from "./resolve-contract.ts";

resolveContract();
browseContract();
