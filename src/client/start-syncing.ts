// Syncing goes on by itself where something is connected; elsewhere its worker is never started.
import type { StoreApi } from "../protocol/store-api.ts";
import type { SyncHandle } from "./cairn.ts";

/**
 * Starts the sync worker once the page is seen, if a remote is connected; else as soon as another
 * tab connects one. Pages that are never seen leave it to the others.
 *
 * @param visible resolves while the page is seen; tests give their own
 */
export async function startSyncing(
  store: Pick<StoreApi, "listConnected">,
  sync: Pick<SyncHandle, "api" | "onNotice">,
  visible: () => Promise<void> = untilVisible,
): Promise<void> {
  for (;;) {
    const changed = remotesChanged(sync);
    await visible();
    if ((await store.listConnected()).length > 0) break;
    await changed;
  }
  await sync.api.listRemotes();
}

function remotesChanged(sync: Pick<SyncHandle, "onNotice">): Promise<void> {
  return new Promise((resolve) => {
    const stop = sync.onNotice(({ kind }) => {
      if (kind !== "remotes-changed") return;
      stop();
      resolve();
    });
  });
}

function untilVisible(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    look();
  });
}
