import { awayFilesContract } from "./away-files-contract.ts";

awayFilesContract();
