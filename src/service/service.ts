// The store worker's whole service: use cases put together as the StoreApi.
import { parseDraft } from "../core/draft.ts";
import { CairnError, errorOf } from "../core/errors.ts";
import type { IngestUid } from "../core/records.ts";
import type { JobId } from "../protocol/jobs.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import { getManifest } from "../store/artifacts.ts";
import { trashDays } from "../store/settings.ts";
import { deleteIngest } from "../store/packs.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import { commitDraft } from "./log/commit-draft.ts";
import { compareDraft } from "./log/compare-draft.ts";
import type { Ctx } from "./context.ts";
import { openFiles } from "./download/open-files.ts";
import { saveToFolder } from "./download/folder.ts";
import { serveZip } from "./download/zip.ts";
import { draftManifest } from "./log/draft-manifest.ts";
import { createIngest, type Ingest } from "./ingest/ingest.ts";
import { startFrom } from "./ingest/start-from.ts";
import { createStager } from "./ingest/stager.ts";
import {
  artifactDetail,
  listArtifacts,
  listProjects,
  listRuns,
  listVersions,
  storageReport,
} from "./browse/lists.ts";
import { versionDetail } from "./browse/version-detail.ts";
import { resolve } from "./browse/resolve.ts";
import { findByTags } from "./browse/find-by-tags.ts";
import { search } from "./browse/search.ts";
import { lineage } from "./browse/lineage.ts";
import { aliasHistory } from "./browse/alias-history.ts";
import { lastScrub } from "./care/scrub.ts";
import { listDamage } from "./care/damage.ts";
import { listEvents, verifyLog } from "./care/event-log.ts";
import { trackioDigest } from "./care/trackio-digest.ts";
import { verify } from "./care/verify.ts";
import { removeAlias, setAlias } from "./edit/aliases.ts";
import { editVersion, setArtifactTags } from "./edit/details.ts";
import { keepHouse } from "./housekeeping.ts";
import { createRunLife } from "./runs/run-life.ts";
import { getRun, setRunDeleted, setRunState, startRun } from "./runs/runs.ts";
import { addDerivation, addRunEdge, removeDerivation, useVersion } from "./runs/lineage-edits.ts";
import { ingestLock } from "./sweep.ts";
import { deleteVersions } from "./trash/delete-versions.ts";
import { emptyTrash, listTrash, setTrashDays } from "./trash/empty.ts";
import { planDelete, planEmpty } from "./trash/impact.ts";
import { previewKeep, setKeep } from "./trash/keep.ts";
import { restore } from "./trash/restore.ts";

/** The service, and what other tabs may tell it. */
export interface Service {
  readonly api: StoreApi;
  /** Whether drafts are open here: what can wait, waits. */
  isStaging(): boolean;
  /** The regular chores; see service/housekeeping.ts. */
  keepHouse(): Promise<void>;
  /** Another tab found the storage full: stop writing here too. */
  haltIngests(): void;
}

/** Puts the use cases together over one context. */
export function createService(ctx: Ctx): Service {
  const { db } = ctx;
  const ingests = new Map<IngestUid, Ingest>();
  const jobs = new Map<JobId, AbortController>();
  const stager = createStager(ctx);
  const runLife = createRunLife(ctx);

  function ingestOf(uid: IngestUid): Ingest {
    const ingest = ingests.get(uid);
    if (ingest === undefined) throw new CairnError("aborted", {});
    return ingest;
  }

  /** An ingest whose files may be changed now; after a commit that was writing there is none. */
  async function changeable(uid: IngestUid): Promise<Ingest> {
    const ingest = ingestOf(uid);
    if (ingest.isSealing) await ingest.exclusively(() => Promise.resolve());
    return ingestOf(uid);
  }

  async function close(ingest: Ingest): Promise<void> {
    ingests.delete(ingest.uid);
    ingest.notices.close();
    await stager.remove(ingest);
  }

  async function asJob<T>(job: JobId, run: (abort: AbortController) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    jobs.set(job, abort);
    try {
      return await run(abort);
    } catch (error) {
      throw abort.signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
    } finally {
      jobs.delete(job);
    }
  }

  const api: StoreApi = {
    listProjects: () => listProjects(db),
    listArtifacts: (project) => listArtifacts(db, project),
    getArtifact: (project, name) => artifactDetail(db, project, name),
    getVersion: (project, name, selector) => versionDetail(db, project, name, selector),
    getManifest: (digest) => withRead(db, ["manifests"], (tx) => getManifest(tx, digest)),
    async listRuns(project) {
      const runs = await listRuns(db, project);
      // A tab that crashed can't say so itself: whoever looks finds out.
      if (runs.some(({ state }) => state === "running"))
        runLife.markAbandoned().catch((error: unknown) => console.error("runs", error));
      return runs;
    },
    getStorage: () => storageReport(db),

    listVersions: (project, name, before, limit) => listVersions(db, project, name, before, limit),
    resolve: (spec, project) => resolve(db, spec, project),
    search: (text, limit) => search(db, text, limit),
    findByTags: (tags) => findByTags(db, tags),
    lineage: (spec, project, options) => lineage(db, spec, project, options),

    async startRun(project, name, config) {
      const run = await startRun(ctx, project, name, config);
      runLife.keep(run.uid);
      return run;
    },
    async resumeRun(uid) {
      const run = await setRunState(ctx, uid, "running");
      runLife.keep(uid);
      return run;
    },
    getRun: (uid) => getRun(ctx, uid),
    async endRun(uid, state) {
      const run = await setRunState(ctx, uid, state);
      runLife.end(uid);
      return run;
    },
    deleteRun: (uid) => setRunDeleted(ctx, uid, true),
    restoreRun: (uid) => setRunDeleted(ctx, uid, false),
    useVersion: (spec, project, run, type) => useVersion(ctx, spec, project, run, type),
    addRunEdge: (version, run, direction) => addRunEdge(ctx, version, run, direction),
    addDerivation: (child, parent) => addDerivation(ctx, child, parent),
    removeDerivation: (child, parent) => removeDerivation(ctx, child, parent),

    setAlias: (version, alias) => setAlias(ctx, version, alias),
    removeAlias: (project, name, alias) => removeAlias(ctx, project, name, alias),
    aliasHistory: (project, name) => aliasHistory(db, project, name),
    editVersion: (version, edit) => editVersion(ctx, version, edit),
    setArtifactTags: (project, name, tags) => setArtifactTags(ctx, project, name, tags),

    planDelete: (target) => planDelete(db, target),
    deleteVersions: (target, confirmed) => deleteVersions(ctx, target, confirmed),
    listTrash: () => listTrash(db),
    restore: (entry) => restore(ctx, entry),
    planEmpty: (entries) => planEmpty(db, entries),
    emptyTrash: (entries) => emptyTrash(ctx, entries),
    planKeep: (project, name, rule) => previewKeep(ctx, project, name, rule),
    setKeep: (project, name, rule) => setKeep(ctx, project, name, rule),
    getTrashDays: () => trashDays(db),
    setTrashDays: (days) => setTrashDays(ctx, days),

    verify: (job, scope, onProgress) =>
      asJob(job, ({ signal }) => verify(ctx, scope, onProgress, signal)),
    listDamage: () => listDamage(db),
    lastScrub: () => lastScrub(db),
    listEvents: (query) => listEvents(db, query),
    verifyLog: () => verifyLog(ctx),
    trackioDigest: (job, version) =>
      asJob(job, ({ signal }) => trackioDigest(ctx, version, signal)),

    async openIngest(onNotice) {
      const uid = ctx.newUid<"Ingest">();
      // Locked before the row exists, so that no other tab ever sees it unguarded.
      const release = await ctx.locks.hold(ingestLock(uid));
      try {
        await withWrite(db, ["ingests"], (tx) =>
          tx.objectStore("ingests").put({ uid, state: "staging", openedAt: ctx.now() }),
        );
      } catch (error) {
        release();
        throw error;
      }
      ingests.set(uid, createIngest(uid, release, onNotice));
      return uid;
    },
    async startFrom(uid, manifest) {
      await startFrom(ctx, await changeable(uid), manifest);
    },
    async stageFiles(uid, files) {
      const ingest = await changeable(uid);
      for (const { id } of files) ingest.forgotten.delete(id);
      ingest.waiting.add(files);
      stager.start(ingest);
    },
    async resumeIngest(uid) {
      const ingest = ingestOf(uid);
      stager.resume(ingest);
      ingest.waiting.add([...ingest.failed.values()].map(({ request }) => request));
      ingest.failed.clear();
      ingest.notices.changed();
      stager.start(ingest);
    },
    async unstageFiles(uid, ids) {
      const ingest = await changeable(uid);
      for (const id of ids) {
        ingest.forgotten.add(id);
        ingest.stagedBytes -= ingest.staged.get(id)?.sizeBytes ?? 0;
        ingest.staged.delete(id);
        ingest.failed.delete(id);
      }
      ingest.notices.changed();
    },
    async compareDraft(uid, target, entries) {
      const ingest = ingestOf(uid);
      await stager.settled(ingest);
      return compareDraft(ctx, ingest, target, entries);
    },
    async commitDraft(uid, input, entries) {
      const ingest = ingestOf(uid);
      const draft = parseDraft(input);
      await stager.settled(ingest);
      // One at a time: a second commit, or a cancel, waits and then finds the ingest gone.
      return ingest.exclusively(async () => {
        ingestOf(uid);
        ingest.isSealing = true;
        try {
          await stager.settled(ingest);
          if (ingest.halted !== null) throw errorOf(ingest.halted);
          const content = draftManifest(ctx, ingest, entries);
          const result = await commitDraft(ctx, ingest, draft, content);
          await close(ingest);
          ingest.release();
          return result;
        } finally {
          ingest.isSealing = false;
        }
      });
    },
    async cancelIngest(uid) {
      const ingest = ingests.get(uid);
      if (ingest === undefined) return;
      await ingest.exclusively(async () => {
        if (!ingests.has(uid)) return;
        ingest.abort.abort();
        await close(ingest);
        await withWrite(db, ["ingests", "packs", "packBytes", "pins"], (tx) =>
          deleteIngest(tx, uid),
        );
        ingest.release();
      });
    },

    async getFile(project, name, number, path) {
      const [file] = await openFiles(ctx, { project, name, number }, [path]);
      if (file === undefined) throw new CairnError("not_found", { what: "file", name: path });
      return file;
    },
    getFiles: (project, name, number, paths) => openFiles(ctx, { project, name, number }, paths),
    serveZip: (job, request, port, onProgress) =>
      asJob(job, (abort) => serveZip(ctx, request, port, onProgress, abort)),
    saveToFolder: (job, request, folder, overwrite, onProgress) =>
      asJob(job, ({ signal }) => saveToFolder(ctx, request, folder, overwrite, onProgress, signal)),
    async cancelJob(job) {
      jobs.get(job)?.abort();
    },
  };

  return {
    api,
    isStaging: () => ingests.size > 0,
    keepHouse: () => keepHouse(ctx, runLife),
    haltIngests: () => stager.haltAll({ code: "quota_exceeded", data: { neededBytes: null } }),
  };
}
