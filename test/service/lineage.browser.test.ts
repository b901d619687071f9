import { lineageContract } from "./lineage-contract.ts";

lineageContract();
