// Writes a project as a merge has it, artifact by artifact, in the caller's transaction.
import type { Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ProjectRecord, VersionUid } from "../../core/records.ts";
import type { SyncNote } from "../../core/sync/ops.ts";
import type { DeviceId, SharedProject } from "../../core/sync/shared.ts";
import { addTotals, type Change } from "../../store/counters.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { keepLinked } from "./keep-linked.ts";
import type { ProjectRows } from "./read-rows.ts";
import type { SharedStore } from "./shared-stores.ts";
import { createSyncJournal, type SyncJournal } from "./sync-journal.ts";
import { writeArtifact, type ArtifactWritten } from "./write-artifact.ts";
import { moveLines, writeLines } from "./write-lines.ts";
import { writeRuns } from "./write-runs.ts";
import { countTrash, writeTrash, type TrashDeltas } from "./write-trash.ts";

type SharedTx = WriteTx<SharedStore>;

interface Merged {
  readonly before: SharedProject;
  readonly after: SharedProject;
  readonly manifests: ReadonlyMap<Digest, Manifest>;
  readonly fixed: SharedProject;
}

/** See `writeShared`. */
export async function writeProject(
  ctx: Ctx,
  tx: SharedTx,
  device: DeviceId,
  rows: ProjectRows,
  { before, after: merged, manifests, fixed }: Merged,
): Promise<{ readonly notes: readonly SyncNote[]; readonly hasChanged: boolean }> {
  const { after, notes } = await keepLinked(ctx, tx, before, merged);
  const journal = createSyncJournal(ctx, device);
  const project = projectRow(rows, after, journal.at);
  tellBeginning(journal, rows, project);
  const written: ArtifactWritten[] = [];
  for (const [name, artifact] of after.artifacts)
    written.push(
      await writeArtifact(ctx, tx, journal, {
        project: after.name,
        device,
        rows: rows.artifacts.get(name),
        before: before.artifacts.get(name),
        after: artifact,
        fixed: fixed.artifacts.get(name),
        manifests,
      }),
    );
  await writeRuns(tx, journal, before.runs, after.runs, device);
  await writeAllLines(tx, journal, before, after, written);
  const deltas: TrashDeltas = new Map();
  for (const { plan } of written) countTrash(deltas, plan);
  await writeTrash(tx, journal, after, deltas);
  if (rows.project?.deletedAt === null && project !== null && project.deletedAt !== null)
    journal.record(null, {
      kind: "project-deleted",
      subject: after.name,
      before: null,
      after: null,
    });
  await putProject(tx, journal, rows.project, project, written);
  await journal.finish(tx);
  return { notes, hasChanged: journal.hasChanged };
}

/** The project's row, its counters not yet counted; `null` while there is nothing to keep it for. */
function projectRow(
  { project, hasHidden }: ProjectRows,
  after: SharedProject,
  at: string,
): ProjectRecord | null {
  const isNothing = after.artifacts.size === 0 && after.runs.size === 0;
  if (project === undefined && isNothing) return null;
  const base: ProjectRecord = project ?? {
    name: after.name,
    createdAt: at,
    updatedAt: at,
    artifactCount: 0,
    versionCount: 0,
    sizeBytes: 0,
    deletedAt: null,
  };
  return {
    ...base,
    createdAt: after.createdAt === "" ? base.createdAt : after.createdAt,
    deletedAt: hasHidden || hasLive(after) ? null : after.deletedAt,
  };
}

function hasLive({ artifacts }: SharedProject): boolean {
  for (const { versions } of artifacts.values())
    for (const { deleted } of versions.values()) if (deleted === null) return true;
  return false;
}

/** A project is told before what is in it; also one that comes as a deleted one. */
function tellBeginning(
  journal: SyncJournal,
  { project }: ProjectRows,
  row: ProjectRecord | null,
): void {
  if (row === null) return;
  const { name: subject } = row;
  const nothing = { before: null, after: null };
  if (project === undefined) {
    journal.record(null, { kind: "project-created", subject, ...nothing });
    if (row.deletedAt !== null)
      journal.record(null, { kind: "project-deleted", subject, ...nothing });
  } else if (project.deletedAt !== null && row.deletedAt === null)
    journal.record(null, { kind: "project-restored", subject, ...nothing });
}

/** Lines come after all versions are in place; those of twins in all projects go along first. */
async function writeAllLines(
  tx: SharedTx,
  journal: SyncJournal,
  before: SharedProject,
  after: SharedProject,
  written: readonly ArtifactWritten[],
): Promise<void> {
  const became = new Map<VersionUid, VersionUid>();
  for (const { plan } of written)
    for (const { row, into } of plan.absorbed) became.set(row.uid, into.uid);
  for (const [from, into] of became) await moveLines(tx, from, into);
  for (const [name, artifact] of after.artifacts)
    await writeLines(tx, journal, after, before.artifacts.get(name), artifact, became);
}

async function putProject(
  tx: WriteTx<"projects" | "totals">,
  journal: SyncJournal,
  known: ProjectRecord | undefined,
  project: ProjectRecord | null,
  written: readonly ArtifactWritten[],
): Promise<void> {
  if (project === null) return;
  const sum = (of: (gained: ArtifactWritten["gained"]) => number): number =>
    written.reduce((total, { gained }) => total + of(gained), 0);
  const change: Change = {
    versions: sum(({ versions }) => versions),
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
  };
  const artifacts = sum((gained) => gained.artifacts);
  const isCounted = change.versions !== 0 || change.sizeBytes !== 0 || artifacts !== 0;
  if (isCounted) await addTotals(tx, { ...change, storedBytes: 0 });
  const isSame =
    known !== undefined &&
    !isCounted &&
    known.createdAt === project.createdAt &&
    known.deletedAt === project.deletedAt;
  if (isSame) return;
  await tx.objectStore("projects").put({
    ...project,
    updatedAt: isCounted ? journal.at : project.updatedAt,
    artifactCount: project.artifactCount + artifacts,
    versionCount: project.versionCount + change.versions,
    sizeBytes: project.sizeBytes + change.sizeBytes,
  });
  journal.touch();
}
