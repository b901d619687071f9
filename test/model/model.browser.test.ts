import { modelContract } from "./model-contract.ts";

modelContract(100);
