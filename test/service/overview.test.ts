import "fake-indexeddb/auto";
import { overviewContract } from "./overview-contract.ts";

overviewContract();
