// Syncing in a page, put together: its code comes when it is needed.
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import { tabTokens } from "./hub-tokens.ts";
import { createSyncCalls } from "./sync-calls.ts";
import type { SyncCalls } from "./sync-handle.ts";
import { startSyncWorker } from "./sync-worker.ts";
import { tabStorage } from "./tab-storage.ts";

export { startSyncing } from "./start-syncing.ts";

/** Tells the store worker the tokens that this tab has had since before a reload. */
export async function tellTokens(store: Pick<StoreApi, "setHubToken">): Promise<void> {
  for (const [hubUrl, { token }] of tabTokens(tabStorage()).all())
    await store.setHubToken(hubUrl, token);
}

/** @param shown the repository that the page only shows; `null` for Cairn itself */
export function openSync(store: StoreApi, shown: RemoteTarget | null): SyncCalls {
  return createSyncCalls({
    store,
    shown,
    tokens: tabTokens(tabStorage()),
    startWorker: startSyncWorker,
  });
}
