import { eventLogContract, trackioContract, verifyContract } from "./care-contract.ts";
import { scrubContract } from "./scrub-contract.ts";

verifyContract();
scrubContract();
eventLogContract();
trackioContract();
