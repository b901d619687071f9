// Owns the database for one tab. Wiring only.
import { expose, proxy, wrap } from "comlink";
import { ulid } from "ulid";
import { problemOf } from "../src/core/errors.ts";
import type { Uid } from "../src/core/records.ts";
import { createHasher } from "../src/hash/hasher.ts";
import type { BootMessage } from "../src/protocol/boot.ts";
import { CHANGES_CHANNEL, findChangeNotice, type ChangeNotice } from "../src/protocol/changes.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { HashApi } from "../src/protocol/hash-api.ts";
import { watchWorker } from "../src/protocol/worker-life.ts";
import { createHashPool } from "../src/service/hash-pool.ts";
import { webLocks } from "../src/service/locks.ts";
import { createService } from "../src/service/service.ts";
import { sweepIngests } from "../src/service/sweep.ts";
import { canStoreBlobs, openDatabase } from "../src/store/open.ts";
import { deviceUid } from "../src/store/settings.ts";

/** Hash workers: more than four gain nothing, as reading becomes the bound. */
const HASH_WORKERS = Math.min(4, Math.max(2, navigator.hardwareConcurrency));

installErrorTransfer();
const channel = new BroadcastChannel(CHANGES_CHANNEL);
const notify = (notice: ChangeNotice): void => channel.postMessage(notice);

async function boot(): Promise<void> {
  const db = await openDatabase({ onClosed: () => notify({ kind: "database-closed" }) });
  const newUid = <Kind extends string>(): Uid<Kind> => ulid() as Uid<Kind>;
  const locks = webLocks(navigator.locks);
  const service = createService({
    db,
    locks,
    newUid,
    notify,
    hasher: await createHasher(),
    pool: createHashPool(Array.from({ length: HASH_WORKERS }, startHashWorker)),
    storesBlobs: await canStoreBlobs(db),
    actor: `device:${await deviceUid(db, newUid)}`,
    now: () => new Date().toISOString(),
  });
  channel.onmessage = ({ data }) => {
    if (findChangeNotice(data)?.kind === "storage-full") service.haltIngests();
  };
  expose(service.api);
  // Nobody waits for this: what it collects is out of reach already.
  sweepIngests(db, locks).catch((error: unknown) => console.error("sweep failed", error));
}

function startHashWorker(): HashApi {
  const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  const life = watchWorker(worker);
  const api = wrap<HashApi>(worker);
  return {
    hashBlob: (job, blob, onProgress) => life.guard(api.hashBlob(job, blob, proxy(onProgress))),
    readAndHash: (files) => life.guard(api.readAndHash(files)),
    stop: (job) => life.guard(api.stop(job)),
  };
}

boot().then(
  () => postMessage({ kind: "ready" } satisfies BootMessage),
  (error: unknown) =>
    postMessage({ kind: "failed", problem: problemOf(error) } satisfies BootMessage),
);
