import { linkedDeletesContract } from "./linked-deletes-contract.ts";

linkedDeletesContract();
