import "fake-indexeddb/auto";
import { awayFilesContract } from "./away-files-contract.ts";

awayFilesContract();
