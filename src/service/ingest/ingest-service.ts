// Staging areas as the page knows them: opened, filled, committed or cancelled.
import { parseDraft } from "../../core/draft.ts";
import { CairnError, errorOf, type Problem } from "../../core/errors.ts";
import type { IngestUid } from "../../core/records.ts";
import type { IngestApi } from "../../protocol/ingest.ts";
import { deleteIngest } from "../../store/packs.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { commitDraft } from "../log/commit-draft.ts";
import { compareDraft } from "../log/compare-draft.ts";
import { draftManifest } from "../log/draft-manifest.ts";
import { ingestLock } from "../sweep.ts";
import { createIngest, type Ingest } from "./ingest.ts";
import { startFrom } from "./start-from.ts";
import { createStager } from "./stager.ts";

export interface IngestService {
  readonly api: IngestApi;
  /** Whether drafts are open here. */
  isStaging(): boolean;
  /** Stops writing in all of them. */
  halt(problem: Problem): void;
}

/** Puts staging together over one context. */
export function createIngestService(ctx: Ctx): IngestService {
  const { db } = ctx;
  const ingests = new Map<IngestUid, Ingest>();
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

  const api: IngestApi = {
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
        ctx.letBlobsGo();
      });
    },
  };
  return { api, isStaging: () => ingests.size > 0, halt: (problem) => stager.haltAll(problem) };
}
