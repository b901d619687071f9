import { promotionContract } from "./promotion-contract.ts";
import { requestFileContract } from "./request-file-contract.ts";

promotionContract();
requestFileContract();
