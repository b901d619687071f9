import "fake-indexeddb/auto";
import { openContract } from "./open-contract.ts";

openContract();
