import "fake-indexeddb/auto";
import { peekContract, zipContract } from "./download-contract.ts";

zipContract();
peekContract();
