import { trashContract } from "./trash-contract.ts";

trashContract();
