import "fake-indexeddb/auto";
import { linksContract } from "./links-contract.ts";

linksContract();
