import "fake-indexeddb/auto";
import { protectionContract } from "./protection-contract.ts";

protectionContract();
