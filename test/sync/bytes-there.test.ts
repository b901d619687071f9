import "fake-indexeddb/auto";
import { bytesThereContract } from "./bytes-there-contract.ts";

bytesThereContract();
