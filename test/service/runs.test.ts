import "fake-indexeddb/auto";
import { runsContract } from "./runs-contract.ts";

runsContract();
