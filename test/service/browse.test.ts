import "fake-indexeddb/auto";
import { browseContract } from "./browse-contract.ts";

browseContract();
