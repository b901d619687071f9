// Syncing as the page sees it: its code and its worker come with the first call.
import { findSyncNotice, SYNC_CHANNEL } from "../protocol/sync-api.ts";
import type { SyncHandle } from "./cairn.ts";

/** All of the handle but its notices. */
export type SyncCalls = Omit<SyncHandle, "onNotice">;

/** Loads nothing by itself. A load that fails is tried again by the next call. */
export function createSyncHandle(load: () => Promise<SyncCalls>): SyncHandle {
  const channel = new BroadcastChannel(SYNC_CHANNEL);
  let loading: Promise<SyncCalls> | null = null;
  const calls = (): Promise<SyncCalls> =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
  return {
    api: new Proxy({} as SyncHandle["api"], {
      get(_target, key) {
        // Awaiting the API itself must not look like a call.
        if (key === "then") return undefined;
        return async (...args: unknown[]) => {
          const { api } = await calls();
          return (Reflect.get(api, key) as (...args: unknown[]) => unknown)(...args);
        };
      },
    }),
    onNotice(listener) {
      const listen = ({ data }: MessageEvent): void => {
        const notice = findSyncNotice(data);
        if (notice !== undefined) listener(notice);
      };
      channel.addEventListener("message", listen);
      return () => channel.removeEventListener("message", listen);
    },
    evict: async (...args) => (await calls()).evict(...args),
    fetchAll: async (...args) => (await calls()).fetchAll(...args),
    publish: async (...args) => (await calls()).publish(...args),
  };
}
