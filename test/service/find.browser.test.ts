import { findContract } from "./find-contract.ts";

findContract();
