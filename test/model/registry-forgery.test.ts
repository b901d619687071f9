import "fake-indexeddb/auto";
import { registryForgeryContract } from "./registry-forgery-contract.ts";

registryForgeryContract(100);
