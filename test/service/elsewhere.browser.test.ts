import { elsewhereContract } from "./elsewhere-contract.ts";

elsewhereContract();
