import { expect, onTestFinished, test, vi } from "vitest";
import type { SyncHandle } from "../../src/client/cairn.ts";
import { tabTokens } from "../../src/client/hub-tokens.ts";
import { startSyncing } from "../../src/client/start-syncing.ts";
import { createSyncCalls } from "../../src/client/sync-calls.ts";
import { createSyncHandle, type SyncCalls } from "../../src/client/sync-handle.ts";
import { deferred } from "../../src/core/deferred.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { RemoteTarget, RemoteUid } from "../../src/core/sync/remote.ts";
import type { JobId } from "../../src/protocol/jobs.ts";
import {
  SYNC_CHANNEL,
  type Published,
  type SyncApi,
  type SyncNotice,
} from "../../src/protocol/sync-api.ts";
import type { ConnectedRemote } from "../../src/protocol/remote-api.ts";
import { codeOf } from "../support/errors.ts";

const HUB = "https://huggingface.co";
const TOKEN = { token: "hf_a", expiresAt: null };
const ADA = { name: "ada", fullName: null, orgs: [], role: "write" };
const NOTHING = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

interface World {
  readonly sync: SyncHandle;
  readonly tokens: ReturnType<typeof tabTokens>;
  /** Tokens as the store worker has them. */
  readonly inStore: Map<string, string | null>;
  /** What was asked of workers, by number of the worker. */
  readonly asked: string[];
  readonly stopped: number[];
}

/** A handle on workers that answer as given. */
function openWorld(
  answers: (worker: number) => Partial<SyncApi>,
  start: (worker: number) => void = () => undefined,
  shown: RemoteTarget | null = null,
): World {
  const tokens = tabTokens(NOTHING);
  const inStore = new Map<string, string | null>();
  const asked: string[] = [];
  const stopped: number[] = [];
  let workers = 0;
  const calls = createSyncCalls({
    store: {
      setHubToken: (hubUrl, token) => {
        inStore.set(hubUrl, token);
        return Promise.resolve();
      },
    },
    tokens,
    shown,
    startWorker: () => {
      const worker = ++workers;
      start(worker);
      const api: Partial<SyncApi> = {
        holdToken: () => Promise.resolve(),
        showOnly: () => Promise.resolve(),
        ...answers(worker),
      };
      return Promise.resolve({
        api: new Proxy(api, {
          get: (target, key) => {
            const call = Reflect.get(target, key) as (...args: unknown[]) => unknown;
            return (...args: unknown[]) => {
              asked.push(`${worker} ${String(key)}`);
              return call(...args);
            };
          },
        }) as SyncApi,
        stop: () => stopped.push(worker),
      });
    },
  });
  const sync = createSyncHandle(() => Promise.resolve(calls));
  return { sync, tokens, inStore, asked, stopped };
}

const lists: Partial<SyncApi> = { listRemotes: () => Promise.resolve([]) };

test("the worker starts with the first call, once for calls at the same time", async () => {
  const world = openWorld(() => lists);
  expect(world.asked).toEqual([]);
  await Promise.all([world.sync.api.listRemotes(), world.sync.api.listRemotes()]);
  expect(world.asked).toEqual(["1 listRemotes", "1 listRemotes"]);
});

test("a worker that starts is told the tokens of this visit before anything else", async () => {
  const world = openWorld(() => lists);
  world.tokens.set(HUB, TOKEN);
  await world.sync.api.listRemotes();
  expect(world.asked).toEqual(["1 holdToken", "1 listRemotes"]);
});

test("every worker of a page that only shows a repository is told so first", async () => {
  const target: RemoteTarget = { hubUrl: HUB, type: "dataset", repo: "ada/models" };
  const shown: RemoteTarget[] = [];
  const died = new CairnError("worker_lost", { reason: "a test" });
  const world = openWorld(
    (worker) => ({
      listRemotes: () => (worker === 1 ? Promise.reject(died) : Promise.resolve([])),
      showOnly: (repository) => {
        shown.push(repository);
        return Promise.resolve();
      },
    }),
    undefined,
    target,
  );
  world.tokens.set(HUB, TOKEN);
  await codeOf(world.sync.api.listRemotes());
  await world.sync.api.listRemotes();
  const calls = ["showOnly", "holdToken", "listRemotes"];
  expect(world.asked).toEqual([1, 2].flatMap((worker) => calls.map((call) => `${worker} ${call}`)));
  expect(shown).toEqual([target, target]);
});

test("after a worker died the next call starts another", async () => {
  const world = openWorld((worker) => ({
    listRemotes: () =>
      worker === 1
        ? Promise.reject(new CairnError("worker_lost", { reason: "a test" }))
        : Promise.resolve([]),
  }));
  expect(await codeOf(world.sync.api.listRemotes())).toBe("worker_lost");
  expect(world.stopped).toEqual([1]);
  expect(await world.sync.api.listRemotes()).toEqual([]);
});

test("after a start that failed the next call tries again", async () => {
  const world = openWorld(
    () => lists,
    (worker) => {
      if (worker === 1) throw new CairnError("storage_blocked", {});
    },
  );
  expect(await codeOf(world.sync.api.listRemotes())).toBe("storage_blocked");
  expect(await world.sync.api.listRemotes()).toEqual([]);
});

test("another error leaves the worker as it is", async () => {
  const world = openWorld(() => ({
    ...lists,
    whoIs: () => Promise.reject(new CairnError("aborted", {})),
  }));
  expect(await codeOf(world.sync.api.whoIs(HUB))).toBe("aborted");
  await world.sync.api.listRemotes();
  expect(world.asked).toEqual(["1 whoIs", "1 listRemotes"]);
  expect(world.stopped).toEqual([]);
});

test("a token that was taken is kept for this visit and told to the store; signing out takes it from both", async () => {
  const world = openWorld(() => ({
    giveToken: () => Promise.resolve(ADA),
    forgetToken: () => Promise.resolve(),
  }));
  expect(await world.sync.api.giveToken(HUB, TOKEN, false)).toEqual(ADA);
  expect(world.tokens.all().get(HUB)).toEqual(TOKEN);
  expect(world.inStore.get(HUB)).toBe("hf_a");
  await world.sync.api.forgetToken(HUB);
  expect(world.tokens.all().size).toBe(0);
  expect(world.inStore.get(HUB)).toBeNull();
});

test("a token kept on the device has no second place in the tab", async () => {
  const world = openWorld(() => ({ giveToken: () => Promise.resolve(ADA) }));
  await world.sync.api.giveToken(HUB, TOKEN, false);
  await world.sync.api.giveToken(HUB, TOKEN, true);
  expect(world.tokens.all().size).toBe(0);
  expect(world.inStore.get(HUB)).toBe("hf_a");
});

test("a refused token is kept nowhere", async () => {
  const world = openWorld(() => ({
    giveToken: () =>
      Promise.reject(
        new CairnError("hub_failed", {
          remote: "x",
          kind: "signed_out",
          detail: "",
          requestId: null,
        }),
      ),
  }));
  expect(await codeOf(world.sync.api.giveToken(HUB, TOKEN, false))).toBe("hub_failed");
  expect(world.tokens.all().size).toBe(0);
  expect(world.inStore.size).toBe(0);
});

test("long work is cancelled by its job", async () => {
  const started = deferred<JobId>();
  const cancelled = deferred<JobId>();
  const world = openWorld(() => ({
    publish: async (job) => {
      started.resolve(job);
      await cancelled.promise;
      throw new CairnError("aborted", {});
    },
    cancelSyncJob: (job) => {
      cancelled.resolve(job);
      return Promise.resolve();
    },
  }));
  const stop = new AbortController();
  const publishing: Promise<Published> = world.sync.publish(
    "r" as RemoteUid,
    { space: "a/b", title: "t", home: null, files: [] },
    { onProgress: () => undefined, signal: stop.signal },
  );
  const job = await started.promise;
  stop.abort();
  expect(await codeOf(publishing)).toBe("aborted");
  expect(await cancelled.promise).toBe(job);
});

test("notices of all tabs are heard, until one stops listening", async () => {
  const { sync } = openWorld(() => lists);
  const other = new BroadcastChannel(SYNC_CHANNEL);
  onTestFinished(() => other.close());
  const heard: SyncNotice[] = [];
  const stop = sync.onNotice((notice) => heard.push(notice));
  other.postMessage({ kind: "of-a-newer-cairn" });
  other.postMessage({ kind: "remotes-changed" });
  await vi.waitFor(() => expect(heard).toEqual([{ kind: "remotes-changed" }]));
  stop();
});

test("code that couldn't be loaded is asked for again by the next call", async () => {
  let loads = 0;
  const sync = createSyncHandle(() => {
    loads += 1;
    if (loads === 1) return Promise.reject(new TypeError("Failed to fetch"));
    return Promise.resolve({ api: lists } as SyncCalls);
  });
  await expect(sync.api.listRemotes()).rejects.toThrow("Failed to fetch");
  expect(await sync.api.listRemotes()).toEqual([]);
});

// --- starting by itself ---

const atOnce = (): Promise<void> => Promise.resolve();
const REMOTE = { uid: "r" } as ConnectedRemote;

test("where nothing is connected the worker is not started, until another tab connects something", async () => {
  const world = openWorld(() => lists);
  const looked = vi.fn<() => void>();
  let connected: readonly ConnectedRemote[] = [];
  const other = new BroadcastChannel(SYNC_CHANNEL);
  onTestFinished(() => other.close());
  const started = startSyncing(
    {
      listConnected: () => {
        looked();
        return Promise.resolve(connected);
      },
    },
    world.sync,
    atOnce,
  );
  await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(1));
  other.postMessage({ kind: "remotes-changed" });
  await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(2));
  expect(world.asked).toEqual([]);
  connected = [REMOTE];
  other.postMessage({ kind: "remotes-changed" });
  await started;
  expect(world.asked).toEqual(["1 listRemotes"]);
});

test("a tab that nobody sees leaves it to the others", async () => {
  const world = openWorld(() => lists);
  const seen = deferred();
  const looked = vi.fn<() => Promise<readonly ConnectedRemote[]>>(() => Promise.resolve([REMOTE]));
  const started = startSyncing({ listConnected: looked }, world.sync, () => seen.promise);
  expect(looked).not.toHaveBeenCalled();
  seen.resolve();
  await started;
  expect(world.asked).toEqual(["1 listRemotes"]);
});
