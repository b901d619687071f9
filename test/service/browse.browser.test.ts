import { browseContract } from "./browse-contract.ts";

browseContract();
