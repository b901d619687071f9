import { protectionContract } from "./protection-contract.ts";

protectionContract();
