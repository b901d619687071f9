import { openContract } from "./open-contract.ts";

openContract();
