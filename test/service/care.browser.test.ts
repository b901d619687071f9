import { eventLogContract } from "./event-log-contract.ts";
import { scrubContract } from "./scrub-contract.ts";
import { trackioContract } from "./trackio-contract.ts";
import { verifyContract } from "./verify-contract.ts";

verifyContract();
scrubContract();
eventLogContract();
trackioContract();
