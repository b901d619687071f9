// Syncing as a test gives it: answers only what was given, and tells notices when it is told to.
import type { SyncHandle } from "../../src/client/cairn.ts";
import type { SyncNotice } from "../../src/protocol/sync-api.ts";

type SyncApi = SyncHandle["api"];

export interface FakeSync extends SyncHandle {
  /** What every tab hears. */
  tell(notice: SyncNotice): void;
}

/** Calls of anything not given fail the test that made them. */
export function fakeSync(
  api: Partial<SyncApi>,
  jobs: Partial<Pick<SyncHandle, "evict" | "fetchAll" | "publish">> = {},
): FakeSync {
  const listeners = new Set<(notice: SyncNotice) => void>();
  const unexpected = (name: string) => (): never => {
    throw new Error(`the test did not expect ${name}()`);
  };
  return {
    api: new Proxy(api, {
      get: (target, name) => Reflect.get(target, name) ?? unexpected(String(name)),
    }) as SyncApi,
    onNotice(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    evict: jobs.evict ?? unexpected("evict"),
    fetchAll: jobs.fetchAll ?? unexpected("fetchAll"),
    publish: jobs.publish ?? unexpected("publish"),
    tell: (notice) => listeners.forEach((listener) => listener(notice)),
  };
}
