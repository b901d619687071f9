import { editContract } from "./edit-contract.ts";

editContract();
