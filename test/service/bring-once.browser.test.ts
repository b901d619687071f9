import { bringOnceContract } from "./bring-once-contract.ts";

bringOnceContract();
