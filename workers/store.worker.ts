// Owns the database for one tab. Wiring only.
import { expose } from "comlink";
import { describeError, problemOf } from "../src/core/errors.ts";
import { createHasher } from "../src/hash/hasher.ts";
import type { BootMessage } from "../src/protocol/boot.ts";
import { CHANGES_CHANNEL, findChangeNotice, type ChangeNotice } from "../src/protocol/changes.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { Remote } from "../src/protocol/remote.ts";
import type { Ctx } from "../src/service/context.ts";
import { createHubTokens, type HubTokens } from "../src/service/hub-tokens.ts";
import { createHashPool } from "../src/service/hash-pool.ts";
import { letBlobsGo } from "../src/service/let-go.ts";
import { webLocks } from "../src/service/locks.ts";
import { onDemand } from "../src/service/on-demand.ts";
import { createService } from "../src/service/service.ts";
import { canStoreBlobs, openDatabase } from "../src/store/open.ts";
import type { Database } from "../src/store/schema.ts";
import { deviceUid } from "../src/store/settings.ts";
import { createNewUid } from "./new-uid.ts";
import { startHashWorker } from "./start-hash-worker.ts";

/** Hash workers: more than four gain nothing, as reading becomes the bound. */
const HASH_WORKERS = Math.min(4, Math.max(2, navigator.hardwareConcurrency));

/** Not while the page starts: they load code of their own, and a tab closed in that moment holds up an update. */
const CHORES_DELAY_MS = 3_000;
/** How often a tab that stays open does its chores. */
const CHORES_MS = 6 * 3_600_000;
/** Between two steps of the background check: 64 MiB a minute is felt by nobody. */
const SCRUB_PAUSE_MS = 60_000;

const now = (): string => new Date().toISOString();

installErrorTransfer();
const channel = new BroadcastChannel(CHANGES_CHANNEL);
const notify = (notice: ChangeNotice): void => channel.postMessage(notice);

async function boot(): Promise<void> {
  const db = await openDatabase({ onClosed: () => notify({ kind: "database-closed" }) });
  const newUid = createNewUid();
  const locks = webLocks(navigator.locks);
  const pool = createHashPool(Array.from({ length: HASH_WORKERS }, startHashWorker));
  const hubTokens = createHubTokens();
  const ctx: Ctx = {
    db,
    locks,
    newUid,
    notify,
    hasher: await createHasher(),
    pool,
    storesBlobs: await canStoreBlobs(db),
    remote: remoteOf(db, hubTokens),
    hubTokens,
    letBlobsGo: () => {
      Promise.all([letBlobsGo(), pool.letGo()]).catch((error: unknown) =>
        console.error("freeing space failed", error),
      );
    },
    actor: `device:${await deviceUid(db, newUid)}`,
    now,
  };
  const service = createService(ctx);
  channel.onmessage = ({ data }) => {
    if (findChangeNotice(data)?.kind === "storage-full") service.haltIngests();
  };
  expose(service.api);
  // Nobody waits for these: they touch only what nobody uses any more.
  const chores = (): void =>
    void service.keepHouse().catch((error: unknown) => console.error("housekeeping failed", error));
  setTimeout(chores, CHORES_DELAY_MS);
  setInterval(chores, CHORES_MS);
  scrub(ctx, () => service.isStaging()).catch((error: unknown) =>
    console.error("scrub failed", error),
  );
}

/** The repositories that bytes are fetched from. Nothing of it is loaded before some are missing. */
function remoteOf(db: Database, hubTokens: HubTokens): Remote {
  return onDemand<Remote>(
    async () => {
      const [{ createRemote }, { createHub }, { tokenOf }] = await Promise.all([
        import("../src/sync/create-remote.ts"),
        import("../src/hub/create-hub.ts"),
        import("../src/sync/tokens.ts"),
      ]);
      return createRemote({
        db,
        openHub: (target) =>
          createHub({ target, token: () => tokenOf({ db, hubTokens, now }, target.hubUrl) }),
      });
    },
    { locate: true, lastKnown: true },
  );
}

/** Checks the whole store a little at a time. */
async function scrub(ctx: Ctx, isBusy: () => boolean): Promise<void> {
  const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SCRUB_PAUSE_MS));
  await idle();
  const { startScrub } = await import("../src/service/care/scrub.ts");
  const problem = await startScrub(ctx, { idle, isBusy }).ended;
  if (problem !== null) console.error("scrub ended", describeError(problem));
}

boot().then(
  () => postMessage({ kind: "ready" } satisfies BootMessage),
  (error: unknown) =>
    postMessage({ kind: "failed", problem: problemOf(error) } satisfies BootMessage),
);
