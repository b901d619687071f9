import "fake-indexeddb/auto";
import { bringFileContract } from "./bring-file-contract.ts";

bringFileContract();
