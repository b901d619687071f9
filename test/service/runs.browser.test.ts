import { runsContract } from "./runs-contract.ts";

runsContract();
