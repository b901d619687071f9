// Logs a draft: one transaction makes the version, its aliases, edge and events visible, or nothing [V4].
import type { AliasMove } from "../../core/alias.ts";
import type { Draft } from "../../core/draft.ts";
import type { ArtifactRecord, VersionRecord } from "../../core/records.ts";
import { planVersion } from "../../core/versioning.ts";
import type { LogResult } from "../../protocol/ingest.ts";
import { findIdentical, findTwinInTrash, putManifest } from "../../store/artifacts.ts";
import { addTotals, countVersions } from "../../store/counters.ts";
import type { StoreName } from "../../store/schema.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Ingest } from "../ingest/ingest.ts";
import { sealIngest } from "../ingest/seal.ts";
import { mutate, subjectOf, type Journal } from "../journal.ts";
import { addEdge } from "../runs/edges.ts";
import { openRun } from "../runs/runs.ts";
import type { DraftManifest } from "./draft-manifest.ts";
import { openArtifact } from "./open-artifact.ts";
import { moveAliases } from "./move-aliases.ts";

const STORES = [
  "projects",
  "artifacts",
  "versions",
  "deletedVersions",
  "aliases",
  "manifests",
  "runs",
  "edges",
  "ingests",
  "packs",
  "packBytes",
  "pins",
  "quarantine",
  "totals",
] as const satisfies StoreName[];
type CommitTx = WriteTx<(typeof STORES)[number]>;

/**
 * Logs a staged draft as a new version, or finds the version that holds the same content [V1 V2 V5].
 *
 * @throws CairnError `type_mismatch`, `not_found` or `run_over` for its run, storage errors; nothing is changed then
 */
export async function commitDraft(
  ctx: Ctx,
  ingest: Ingest,
  draft: Draft,
  content: DraftManifest,
): Promise<LogResult> {
  const result = await mutate(ctx, STORES, draft.project, async (tx, journal) => {
    const artifact = await openArtifact(ctx, tx, draft, journal);
    const identical = await findIdentical(tx, artifact.uid, content.digest);
    const plan = planVersion(identical?.number ?? null, artifact.lastNumber);
    const version = identical ?? newVersion(ctx, artifact, plan.number, draft, content, journal.at);
    const twin =
      identical === undefined ? await findTwinInTrash(tx, artifact.uid, content.digest) : undefined;
    if (identical === undefined) await writeVersion(tx, artifact, version, content, journal);
    else journal.record("version-relogged", subjectOf(draft, version.number), null, null);
    const moves: readonly AliasMove[] = await moveAliases(
      tx,
      artifact,
      plan,
      draft.aliases,
      journal,
    );
    if (draft.run !== null) {
      const run = await openRun(ctx, tx, draft.project, draft.run, journal);
      await addEdge(tx, run.uid, version.uid, "output", subjectOf(draft, version.number), journal);
    }
    const storedBytes = await sealIngest(ctx, tx, ingest, content, identical !== undefined);
    await addTotals(tx, { versions: 0, sizeBytes: 0, storedBytes });
    const created = identical === undefined;
    return {
      version,
      moves,
      created,
      healed: !created && storedBytes > 0,
      twinInTrash: twin ?? null,
    };
  });
  const detailsGiven =
    draft.description !== "" || draft.tags.length > 0 || Object.keys(draft.metadata).length > 0;
  return {
    project: draft.project,
    name: draft.name,
    detailsIgnored: !result.created && detailsGiven,
    ...result,
  };
}

function newVersion(
  ctx: Ctx,
  artifact: ArtifactRecord,
  number: VersionRecord["number"],
  draft: Draft,
  content: DraftManifest,
  createdAt: string,
): VersionRecord {
  return {
    uid: ctx.newUid<"Version">(),
    artifact: artifact.uid,
    number,
    digest: content.digest,
    sizeBytes: content.sizeBytes,
    fileCount: content.entries.length,
    newBytes: content.newBytes,
    description: draft.description,
    metadata: draft.metadata,
    tags: draft.tags,
    pinned: false,
    createdAt,
  };
}

async function writeVersion(
  tx: CommitTx,
  artifact: ArtifactRecord,
  version: VersionRecord,
  content: DraftManifest,
  journal: Journal,
): Promise<void> {
  await putManifest(tx, content.digest, content.manifest);
  await tx.objectStore("versions").add(version);
  const { sizeBytes } = version;
  await countVersions(
    tx,
    { ...artifact, lastNumber: version.number },
    { versions: 1, sizeBytes },
    journal.at,
  );
  journal.record("version-logged", subjectOf(artifact, version.number), null, {
    uid: version.uid,
    digest: version.digest,
    sizeBytes,
    fileCount: version.fileCount,
    description: version.description,
    metadata: version.metadata,
    tags: version.tags,
  });
}
