import { registryForgeryContract } from "./registry-forgery-contract.ts";

registryForgeryContract(12);
