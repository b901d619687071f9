import { identifyContract } from "./identify-contract.ts";

identifyContract();
