import { overviewContract } from "./overview-contract.ts";

overviewContract();
