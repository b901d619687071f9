// What the page asks of the sync worker: it starts with the first call, and knows the tokens of this visit.
import { isCairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import type { SyncApi } from "../protocol/sync-api.ts";
import type { TabTokens } from "./hub-tokens.ts";
import type { SyncCalls } from "./sync-handle.ts";
import type { SyncWorker } from "./sync-worker.ts";
import { withJob } from "./with-job.ts";

/** What the calls are made of; tests give their own. */
export interface SyncParts {
  /** Told the tokens, too, so that it can fetch what is missing. */
  readonly store: Pick<StoreApi, "setHubToken">;
  readonly tokens: TabTokens;
  /** The repository that the page only shows; `null` for Cairn itself. */
  readonly shown: RemoteTarget | null;
  readonly startWorker: () => Promise<SyncWorker>;
}

/** Starts nothing by itself. A worker that died is started anew by the next call. */
export function createSyncCalls({ store, tokens, shown, startWorker }: SyncParts): SyncCalls {
  const worker = lazyApi(async () => {
    const started = await startWorker();
    if (shown !== null) await started.api.showOnly(shown);
    for (const [hubUrl, token] of tokens.all()) await started.api.holdToken(hubUrl, token);
    return started;
  });
  const cancel: SyncApi["cancelSyncJob"] = (job) => worker.cancelSyncJob(job);
  return {
    api: withMethods(worker, {
      async giveToken(hubUrl, token, keep) {
        const identity = await worker.giveToken(hubUrl, token, keep);
        // What is kept needs no second place.
        if (keep) tokens.delete(hubUrl);
        else tokens.set(hubUrl, token);
        await store.setHubToken(hubUrl, token.token);
        return identity;
      },
      async forgetToken(hubUrl) {
        tokens.delete(hubUrl);
        await store.setHubToken(hubUrl, null);
        await worker.forgetToken(hubUrl);
      },
    }),
    evict: (scope, { onProgress, signal }) =>
      withJob(cancel, signal, (job) => worker.evict(job, scope, onProgress)),
    fetchAll: (scope, { onProgress, signal }) =>
      withJob(cancel, signal, (job) => worker.fetchAll(job, scope, onProgress)),
    publish: (remote, request, { onProgress, signal }) =>
      withJob(cancel, signal, (job) => worker.publish(job, remote, request, onProgress)),
  };
}

/** A worker's API whose first call starts it. */
function lazyApi(start: () => Promise<SyncWorker>): SyncApi {
  let running: Promise<SyncWorker> | null = null;
  const call = async (key: string | symbol, args: readonly unknown[]): Promise<unknown> => {
    const mine = (running ??= start());
    const forget = (): void => {
      if (running === mine) running = null;
    };
    mine.catch(forget);
    const { api, stop } = await mine;
    try {
      return await (Reflect.get(api, key) as (...args: readonly unknown[]) => unknown)(...args);
    } catch (error) {
      if (isCairnError(error, "worker_lost")) {
        forget();
        stop();
      }
      throw error;
    }
  };
  return new Proxy({} as SyncApi, {
    get:
      (_target, key) =>
      (...args: unknown[]) =>
        call(key, args),
  });
}

function withMethods<Api extends object>(api: Api, own: Partial<Api>): Api {
  return new Proxy(api, {
    get: (target, key) => Reflect.get(key in own ? own : target, key),
  });
}
