// Syncing as the page sees it: a worker that starts with the first call.
import type { StoreApi } from "../protocol/store-api.ts";
import type { SyncHandle } from "./cairn.ts";

/** @param store told the tokens, too, so that it can fetch what is missing */
export function createSyncHandle(store: StoreApi): SyncHandle {
  throw new Error(`not yet ${String(store)}`);
}
