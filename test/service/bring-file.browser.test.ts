import { bringFileContract } from "./bring-file-contract.ts";

bringFileContract();
