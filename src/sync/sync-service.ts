// The sync worker's whole service: use cases put together as the SyncApi. What only a person's click needs is loaded then.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { JobId } from "../protocol/jobs.ts";
import type { ChangeNotice } from "../protocol/changes.ts";
import type { SyncApi, SyncNotice, SyncProgress } from "../protocol/sync-api.ts";
import { createJobs } from "../service/jobs.ts";
import { withRead } from "../store/transaction.ts";
import { checkHubUrl } from "./check-target.ts";
import type { SyncCtx } from "./context.ts";
import { createIdentities } from "./identities.ts";
import { lead } from "./leader.ts";
import { createMeter, type Meter } from "./meter.ts";
import type { RunRound } from "./remote-loop.ts";
import { changeRemote, getRemoteRow } from "./remote-rows.ts";
import { createScheduler } from "./scheduler.ts";
import { readLog } from "./sync-log.ts";
import type { Views } from "./views.ts";

/** The service, and what happens around it. */
export interface SyncService {
  readonly api: SyncApi;
  /** Begins to sync what is connected. */
  start(): Promise<void>;
  onChange(notice: ChangeNotice): Promise<void>;
  onNotice(notice: SyncNotice): Promise<void>;
  /** Ends all rounds. */
  close(): Promise<void>;
}

/** @param runRound stands in for the real one in tests */
export function createSyncService(sync: SyncCtx, runRound?: RunRound): SyncService {
  const { db } = sync;
  const jobs = createJobs();
  const scheduler = createScheduler(sync, runRound);
  const identities = createIdentities(sync);
  let loading: Promise<Views> | null = null;
  const views = (): Promise<Views> =>
    (loading ??= import("./views.ts").then(({ createViews }) =>
      createViews(sync, (row) => scheduler.activity(row)),
    ));

  /** Something that this and every other tab has to look at anew. */
  async function renew(): Promise<void> {
    await scheduler.refresh();
    sync.tell({ kind: "remotes-changed" });
  }

  /** Runs a long call that can be cancelled and tells how far it is. */
  function asJob<T>(
    job: JobId,
    onProgress: (progress: SyncProgress) => void,
    run: (meter: Meter, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const meter = createMeter(onProgress, () => Date.parse(sync.now()));
    return jobs.run(job, ({ signal }) => run(meter, signal));
  }

  const rowOf = (remote: RemoteUid): ReturnType<typeof getRemoteRow> =>
    withRead(db, ["remotes"], (tx) => getRemoteRow(tx, remote));

  const api: SyncApi = {
    async beginSignIn(request) {
      const { beginSignIn } = await import("../hub/oauth.ts");
      return beginSignIn({ ...request, hubUrl: checkHubUrl(request.hubUrl) });
    },
    async finishSignIn(finish) {
      const { finishSignIn } = await import("../hub/oauth.ts");
      const { token, expiresAt } = await finishSignIn(finish);
      return { token, expiresAt };
    },
    async giveToken(hubUrl, token, keep) {
      const identity = await identities.take(checkHubUrl(hubUrl), token, keep);
      await renew();
      return identity;
    },
    async holdToken(hubUrl, { token, expiresAt }) {
      sync.hubTokens.set(checkHubUrl(hubUrl), token, expiresAt);
      await scheduler.refresh();
    },
    async forgetToken(hubUrl) {
      await identities.forget(checkHubUrl(hubUrl));
      await renew();
    },
    whoIs: async (hubUrl) => identities.whoIs(checkHubUrl(hubUrl)),
    async showOnly(shown) {
      (await import("./read-only.ts")).refuseSyncChanges(api, shown);
    },
    async testConnection(target) {
      const { testConnection } = await import("./test-connection.ts");
      return testConnection(sync, identities, target);
    },
    async connectRemote(request) {
      const { connectRemote } = await import("./connect.ts");
      const row = await connectRemote(sync, request);
      await renew();
      return (await views()).view(row);
    },
    async disconnectRemote(remote) {
      await rowOf(remote);
      const { forgetRemote } = await import("./connect.ts");
      await scheduler.end(remote);
      await forgetRemote(db, remote);
      await renew();
      // A tab that was at a round may have written once more before it heard of it.
      lead(sync.locks, remote, NEVER, () => forgetRemote(db, remote)).catch((error: unknown) =>
        console.error("forgetting a remote failed", error),
      );
    },
    listRemotes: async () => (await views()).list(),
    getRemote: async (remote) => (await views()).detail(remote),
    async setScope(remote, scope) {
      const { setScope } = await import("./connect.ts");
      await setScope(sync, remote, scope);
      scheduler.command(remote, "resume");
      await renew();
    },
    async syncNow(remote) {
      await rowOf(remote);
      scheduler.command(remote, "sync");
    },
    async pauseSync(remote) {
      await changeRemote(db, remote, { pausedAt: sync.now() });
      scheduler.command(remote, "pause");
      await renew();
    },
    async resumeSync(remote) {
      await changeRemote(db, remote, { pausedAt: null });
      scheduler.command(remote, "resume");
      await renew();
    },
    async cancelRound(remote) {
      await rowOf(remote);
      scheduler.command(remote, "cancel");
    },
    async noteOnline() {
      scheduler.onOnline();
    },
    readSyncLog: (remote, before, limit) => readLog(db, remote, before, limit),
    copiesOf: async (version) => (await import("./copies.ts")).copiesOf(sync, version),
    planEvict: async (scope) => (await import("./evict.ts")).planEvict(sync, scope),
    evict: (job, scope, onProgress) =>
      asJob(job, onProgress, async (meter, signal) =>
        (await import("./evict.ts")).evict(sync, scope, meter, signal),
      ),
    fetchAll: (job, scope, onProgress) =>
      asJob(job, onProgress, async (meter, signal) =>
        (await import("./fetch-all.ts")).fetchAll(sync, scope, meter, signal),
      ),
    publish: (job, remote, request, onProgress) =>
      asJob(job, onProgress, async (meter, signal) => {
        const { publishSpace } = await import("./publish.ts");
        return publishSpace(sync, await rowOf(remote), request, meter, signal);
      }),
    async cancelSyncJob(job) {
      jobs.cancel(job);
    },
  };

  return {
    api,
    start: () => scheduler.refresh(),
    onChange: (notice) => scheduler.onChange(notice),
    onNotice: (notice) => scheduler.onNotice(notice),
    close: () => scheduler.close(),
  };
}

const NEVER = new AbortController().signal;
