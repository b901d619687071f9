// Writes one artifact as a merge has it: its row, versions, aliases, manifests, counters.
import { latestOf } from "../../core/alias.ts";
import type { Digest } from "../../core/digest.ts";
import type { Json } from "../../core/json.ts";
import type { KeepRule } from "../../core/keep.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ProjectName } from "../../core/names.ts";
import type { ArtifactRecord, VersionUid } from "../../core/records.ts";
import { isSameJson } from "../../core/sync/same.ts";
import type { DeviceId, SharedArtifact } from "../../core/sync/shared.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { subjectOf } from "../journal.ts";
import { planVersions, type VersionPlan } from "./plan-versions.ts";
import type { ArtifactRows } from "./read-rows.ts";
import type { SyncJournal } from "./sync-journal.ts";
import { writeAliases } from "./write-aliases.ts";
import { checkForeign, putManifests, putVersions, tellVersions } from "./write-versions.ts";

/** What is written of an artifact. */
export interface ArtifactWrite {
  readonly project: ProjectName;
  readonly device: DeviceId;
  readonly rows: ArtifactRows | undefined;
  readonly before: SharedArtifact | undefined;
  readonly after: SharedArtifact;
  readonly fixed: SharedArtifact | undefined;
  readonly manifests: ReadonlyMap<Digest, Manifest>;
}

/** What came of it. */
export interface ArtifactWritten {
  readonly plan: VersionPlan;
  /** How many live versions and bytes more the artifact has, and whether it appeared (1) or went (-1). */
  readonly gained: {
    readonly versions: number;
    readonly sizeBytes: number;
    readonly artifacts: number;
  };
}

type ArtifactTx = WriteTx<
  "artifacts" | "versions" | "deletedVersions" | "aliases" | "aliasMoves" | "manifests"
>;

export async function writeArtifact(
  ctx: Ctx,
  tx: ArtifactTx,
  journal: SyncJournal,
  write: ArtifactWrite,
): Promise<ArtifactWritten> {
  const { rows, before, after, fixed, device } = write;
  const known = rows?.artifact;
  const base = known ?? newArtifact(ctx, write.project, after, journal.at);
  const isFixed = (uid: VersionUid): boolean => fixed?.versions.has(uid) === true;
  const plan = planVersions(rows, base.uid, after, device, isFixed);
  const live = [...after.versions.values()].filter(({ deleted }) => deleted === null);
  const latest = latestOf(live.map(({ number }) => number));
  tellArtifact(journal, known, base, after);
  if (plan.changes.length > 0 || plan.absorbed.length > 0) {
    journal.touch();
    await checkForeign(tx, base, plan);
    await putManifests(tx, plan, write.manifests);
    await putVersions(tx, plan);
    tellVersions(journal, base, rows, plan, latest);
  }
  const artifact = countedRow(base, after, plan, journal.at);
  if (known === undefined || !isSameJson(toJson(known), toJson(artifact))) {
    await tx.objectStore("artifacts").put(artifact);
    journal.touch();
  }
  await writeAliases(tx, journal, { artifact, rows, before, after, latest });
  return {
    plan,
    gained: {
      versions: artifact.versionCount - base.versionCount,
      sizeBytes: artifact.sizeBytes - base.sizeBytes,
      artifacts: Number(artifact.versionCount > 0) - Number(base.versionCount > 0),
    },
  };
}

function newArtifact(
  ctx: Ctx,
  project: ProjectName,
  { name, type, createdAt }: SharedArtifact,
  at: string,
): ArtifactRecord {
  return {
    uid: ctx.newUid<"Artifact">(),
    project,
    name,
    type,
    createdAt,
    updatedAt: at,
    lastNumber: null,
    versionCount: 0,
    sizeBytes: 0,
    tags: [],
    keep: null,
  };
}

function tellArtifact(
  journal: SyncJournal,
  known: ArtifactRecord | undefined,
  base: ArtifactRecord,
  { type, tags, keep }: SharedArtifact,
): void {
  const subject = subjectOf(base);
  if (known?.type !== type)
    journal.record(null, {
      kind: "artifact-created",
      subject,
      before: known === undefined ? null : { type: known.type },
      after: { type },
    });
  if (!isSameJson(base.tags, tags))
    journal.record(null, {
      kind: "artifact-edited",
      subject,
      before: { tags: base.tags },
      after: { tags },
    });
  if (!isSameJson(keepJson(base.keep), keepJson(keep)))
    journal.record(null, {
      kind: "artifact-edited",
      subject,
      before: { keep: keepJson(base.keep) },
      after: { keep: keepJson(keep) },
    });
}

/** The row with its counters, which follow from the versions that came and went. */
function countedRow(
  base: ArtifactRecord,
  { type, createdAt, tags, keep, lastNumber }: SharedArtifact,
  { changes, absorbed }: VersionPlan,
  at: string,
): ArtifactRecord {
  let { versionCount, sizeBytes } = base;
  const count = (row: { readonly sizeBytes: number }, sign: number): void => {
    versionCount += sign;
    sizeBytes += sign * row.sizeBytes;
  };
  for (const { row, state } of absorbed) if (state === "live") count(row, -1);
  for (const { was, row, state } of changes) {
    if (was?.state === "live") count(was.row, -1);
    if (state === "live") count(row, 1);
  }
  const isTouched = changes.some(({ was, state }) => was?.state !== state) || absorbed.length > 0;
  return {
    ...base,
    type,
    createdAt,
    tags,
    keep,
    lastNumber,
    versionCount,
    sizeBytes,
    updatedAt: isTouched ? at : base.updatedAt,
  };
}

function keepJson(keep: KeepRule | null): Json {
  return keep === null ? null : { ...keep };
}

function toJson({ keep, ...artifact }: ArtifactRecord): Json {
  return { ...artifact, keep: keepJson(keep) };
}
