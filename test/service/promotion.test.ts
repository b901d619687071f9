import "fake-indexeddb/auto";
import { promotionContract } from "./promotion-contract.ts";

promotionContract();
