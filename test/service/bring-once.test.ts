import "fake-indexeddb/auto";
import { bringOnceContract } from "./bring-once-contract.ts";

bringOnceContract();
