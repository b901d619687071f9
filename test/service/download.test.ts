import "fake-indexeddb/auto";
import { zipContract } from "./download-contract.ts";

zipContract();
