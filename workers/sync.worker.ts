// Syncs with hubs, for one tab. Wiring only.
import { expose } from "comlink";
import { problemOf } from "../src/core/errors.ts";
import { createHasher } from "../src/hash/hasher.ts";
import type { BootMessage } from "../src/protocol/boot.ts";
import { CHANGES_CHANNEL, findChangeNotice, type ChangeNotice } from "../src/protocol/changes.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { HashApi } from "../src/protocol/hash-api.ts";
import { findSyncNotice, SYNC_CHANNEL, type SyncNotice } from "../src/protocol/sync-api.ts";
import { createHubTokens } from "../src/service/hub-tokens.ts";
import { createHashPool } from "../src/service/hash-pool.ts";
import { letBlobsGo } from "../src/service/let-go.ts";
import { webLocks } from "../src/service/locks.ts";
import { canStoreBlobs, openDatabase } from "../src/store/open.ts";
import { deviceUid } from "../src/store/settings.ts";
import type { SyncCtx } from "../src/sync/context.ts";
import { describePlatform } from "../src/sync/platform.ts";
import { sleep } from "../src/sync/sleep.ts";
import { createSyncService } from "../src/sync/sync-service.ts";
import { tokenOf } from "../src/sync/tokens.ts";
import { createNewUid } from "./new-uid.ts";
import { startHashWorker } from "./start-hash-worker.ts";

/** The store worker has its own: these are for what syncing hashes beside it. */
const HASH_WORKERS = Math.min(2, navigator.hardwareConcurrency);
/** The page's first words are the tokens of this visit. */
const START_DELAY_MS = 1_000;

const now = (): string => new Date().toISOString();

installErrorTransfer();
const changes = new BroadcastChannel(CHANGES_CHANNEL);
const syncing = new BroadcastChannel(SYNC_CHANNEL);
const notify = (notice: ChangeNotice): void => changes.postMessage(notice);
const tell = (notice: SyncNotice): void => syncing.postMessage(notice);
const report = (error: unknown): void => console.error("syncing failed", error);

async function boot(): Promise<void> {
  const [db, { createHub }] = await Promise.all([
    openDatabase({ onClosed: () => notify({ kind: "database-closed" }) }),
    import("../src/hub/create-hub.ts"),
  ]);
  const newUid = createNewUid();
  const pool = createHashPool(Array.from({ length: HASH_WORKERS }, hashWorker));
  const hubTokens = createHubTokens();
  const tokens = { db, hubTokens, now };
  const sync: SyncCtx = {
    db,
    newUid,
    notify,
    now,
    pool,
    hubTokens,
    locks: webLocks(navigator.locks),
    hasher: await createHasher(),
    storesBlobs: await canStoreBlobs(db),
    remote: null,
    letBlobsGo: () => {
      Promise.all([letBlobsGo(), pool.letGo()]).catch(report);
    },
    actor: `device:${await deviceUid(db, newUid)}`,
    openHub: (target, onRequest, token) =>
      createHub({
        target,
        token: () => token ?? tokenOf(tokens, target.hubUrl),
        ...(onRequest !== undefined && { onRequest }),
      }),
    platform: describePlatform(navigator.userAgent),
    isOnline: () => navigator.onLine,
    sleep,
    random: Math.random,
    tell,
  };
  const service = createSyncService(sync);
  changes.onmessage = ({ data }) => {
    const notice = findChangeNotice(data);
    if (notice !== undefined) service.onChange(notice).catch(report);
  };
  syncing.onmessage = ({ data }) => {
    const notice = findSyncNotice(data);
    if (notice !== undefined) service.onNotice(notice).catch(report);
  };
  expose(service.api);
  setTimeout(() => void service.start().catch(report), START_DELAY_MS);
}

/** Started with the first thing to hash: most rounds have none. */
function hashWorker(): HashApi {
  let started: HashApi | undefined;
  const api = (): HashApi => (started ??= startHashWorker());
  return {
    hashBlob: (...args) => api().hashBlob(...args),
    sha256Blob: (...args) => api().sha256Blob(...args),
    digestsOfBlob: (...args) => api().digestsOfBlob(...args),
    readAndHash: (...args) => api().readAndHash(...args),
    letGo: async () => started?.letGo(),
    stop: async (job) => started?.stop(job),
  };
}

boot().then(
  () => postMessage({ kind: "ready" } satisfies BootMessage),
  (error: unknown) =>
    postMessage({ kind: "failed", problem: problemOf(error) } satisfies BootMessage),
);
