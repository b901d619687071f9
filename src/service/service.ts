// The store worker's whole service: use cases put together as the StoreApi.
import { parseDraft } from "../core/draft.ts";
import { CairnError, errorOf } from "../core/errors.ts";
import { entryAt, rowOf } from "../core/manifest.ts";
import type { IngestUid } from "../core/records.ts";
import type { JobId } from "../protocol/jobs.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import { getArtifact, getManifest, selectVersion } from "../store/artifacts.ts";
import { deleteIngest } from "../store/packs.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import { commitDraft } from "./commit-draft.ts";
import { compareDraft } from "./compare-draft.ts";
import type { Ctx } from "./context.ts";
import { createBlobSource } from "./download/blob-source.ts";
import { saveToFolder } from "./download/folder.ts";
import { serveZip } from "./download/zip.ts";
import { draftManifest } from "./draft-manifest.ts";
import { createIngest, type Ingest } from "./ingest/ingest.ts";
import { createStager } from "./ingest/stager.ts";
import {
  artifactDetail,
  listArtifacts,
  listProjects,
  listRuns,
  storageReport,
  versionDetail,
} from "./queries.ts";
import { ingestLock } from "./sweep.ts";

/** The service, and what other tabs may tell it. */
export interface Service {
  readonly api: StoreApi;
  /** Another tab found the storage full: stop writing here too. */
  haltIngests(): void;
}

/** Puts the use cases together over one context. */
export function createService(ctx: Ctx): Service {
  const { db } = ctx;
  const ingests = new Map<IngestUid, Ingest>();
  const jobs = new Map<JobId, AbortController>();
  const stager = createStager(ctx);

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
    listRuns: (project) => listRuns(db, project),
    getStorage: () => storageReport(db),

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
      return compareDraft(ctx, ingestOf(uid), target, entries);
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
        await withWrite(db, ["ingests", "packs", "packBytes"], (tx) => deleteIngest(tx, uid));
        ingest.release();
      });
    },

    async getFile(project, name, number, path) {
      const entry = await withRead(
        db,
        ["artifacts", "versions", "aliases", "manifests"],
        async (tx) => {
          const version = await selectVersion(tx, await getArtifact(tx, project, name), {
            kind: "version",
            number,
          });
          const manifest = await getManifest(tx, version.digest);
          const row = rowOf(manifest, path);
          if (row < 0) throw new CairnError("not_found", { what: "file", name: path });
          return entryAt(manifest, row);
        },
      );
      return new Blob([await createBlobSource(ctx).open(entry, new AbortController().signal)]);
    },
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
    haltIngests: () => stager.haltAll({ code: "quota_exceeded", data: { neededBytes: null } }),
  };
}
