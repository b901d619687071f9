import { linksContract } from "./links-contract.ts";

linksContract();
