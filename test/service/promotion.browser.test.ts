import { promotionContract } from "./promotion-contract.ts";

promotionContract();
