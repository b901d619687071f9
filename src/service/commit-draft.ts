// Logs a draft: one transaction makes the version, its aliases, edge and events visible, or nothing [V4].
import { planAliases, type AliasMove } from "../core/alias.ts";
import { CairnError } from "../core/errors.ts";
import type { Draft } from "../core/draft.ts";
import type { Alias } from "../core/names.ts";
import type { ArtifactRecord, RunUid, VersionRecord } from "../core/records.ts";
import { formatVersion, type VersionNumber } from "../core/version.ts";
import { planVersion, type VersionPlan } from "../core/versioning.ts";
import type { LogResult } from "../protocol/ingest.ts";
import { aliasesOf, findArtifact, findIdentical, putManifest } from "../store/artifacts.ts";
import { appendEvents, type NewEvent } from "../store/events.ts";
import { withWrite, type WriteTx } from "../store/transaction.ts";
import type { StoreName } from "../store/schema.ts";
import type { Ctx } from "./context.ts";
import type { DraftManifest } from "./draft-manifest.ts";
import type { Ingest } from "./ingest/ingest.ts";
import { sealIngest } from "./ingest/seal.ts";

const STORES = [
  "projects",
  "artifacts",
  "versions",
  "aliases",
  "manifests",
  "runs",
  "edges",
  "events",
  "ingests",
  "packs",
  "packBytes",
  "quarantine",
  "totals",
] as const satisfies StoreName[];
type CommitTx = WriteTx<(typeof STORES)[number]>;

/** What a commit gathers on its way to the event log. */
interface Journal {
  readonly at: string;
  readonly events: NewEvent[];
  record(
    kind: NewEvent["kind"],
    subject: string,
    before: NewEvent["before"],
    after: NewEvent["after"],
  ): void;
}

/**
 * Logs a staged draft as a new version, or finds the version that holds the same content [V1 V2 V5].
 *
 * @throws CairnError `type_mismatch`, storage errors; nothing is changed then
 */
export async function commitDraft(
  ctx: Ctx,
  ingest: Ingest,
  draft: Draft,
  content: DraftManifest,
): Promise<LogResult> {
  const result = await withWrite(ctx.db, [...STORES], async (tx) => {
    const journal = createJournal(ctx);
    const artifact = await openArtifact(ctx, tx, draft, journal);
    const identical = await findIdentical(tx, artifact.uid, content.digest);
    const plan = planVersion(identical?.number ?? null, artifact.lastNumber);
    const version = identical ?? newVersion(ctx, artifact, plan, draft, content, journal.at);
    if (identical === undefined) await writeVersion(tx, artifact, version, content, journal);
    else journal.record("version-relogged", nameOf(draft, version.number), null, null);
    const moves = await moveAliases(tx, artifact, plan, draft, journal);
    if (draft.run !== null) await writeOutputEdge(ctx, tx, draft, version, journal);
    const storedBytes = await sealIngest(ctx, tx, ingest, content, identical !== undefined);
    await addTotals(tx, identical === undefined ? version : null, storedBytes);
    await appendEvents(tx, journal.events, ctx.hasher.hashText, ctx.newUid);
    const created = identical === undefined;
    return { version, moves, created, healed: !created && storedBytes > 0 };
  });
  ctx.notify({ kind: "changed", project: draft.project });
  const detailsGiven = draft.description !== "" || Object.keys(draft.metadata).length > 0;
  return {
    project: draft.project,
    name: draft.name,
    detailsIgnored: !result.created && detailsGiven,
    ...result,
  };
}

function createJournal(ctx: Ctx): Journal {
  const at = ctx.now();
  const events: NewEvent[] = [];
  return {
    at,
    events,
    record: (kind, subject, before, after) =>
      events.push({ at, actor: ctx.actor, kind, subject, before, after }),
  };
}

/** The artifact a draft goes to, made with its project when new. Throws `type_mismatch` [N4]. */
async function openArtifact(
  ctx: Ctx,
  tx: CommitTx,
  draft: Draft,
  journal: Journal,
): Promise<ArtifactRecord> {
  const existing = await findArtifact(tx, draft.project, draft.name);
  if (existing !== undefined) {
    if (existing.type === draft.type) return existing;
    throw new CairnError("type_mismatch", {
      name: draft.name,
      existing: existing.type,
      given: draft.type,
    });
  }
  const at = journal.at;
  const project = await tx.objectStore("projects").get(draft.project);
  if (project === undefined) journal.record("project-created", draft.project, null, null);
  await tx.objectStore("projects").put({
    name: draft.project,
    createdAt: project?.createdAt ?? at,
    updatedAt: at,
    artifactCount: (project?.artifactCount ?? 0) + 1,
    versionCount: project?.versionCount ?? 0,
    sizeBytes: project?.sizeBytes ?? 0,
  });
  const artifact: ArtifactRecord = {
    uid: ctx.newUid<"Artifact">(),
    project: draft.project,
    name: draft.name,
    type: draft.type,
    createdAt: at,
    updatedAt: at,
    lastNumber: null,
    versionCount: 0,
    sizeBytes: 0,
  };
  journal.record("artifact-created", `${draft.project}/${draft.name}`, null, { type: draft.type });
  return artifact;
}

function newVersion(
  ctx: Ctx,
  artifact: ArtifactRecord,
  plan: VersionPlan,
  draft: Draft,
  content: DraftManifest,
  createdAt: string,
): VersionRecord {
  return {
    uid: ctx.newUid<"Version">(),
    artifact: artifact.uid,
    number: plan.number,
    digest: content.digest,
    sizeBytes: content.sizeBytes,
    fileCount: content.entries.length,
    newBytes: content.newBytes,
    description: draft.description,
    metadata: draft.metadata,
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
  await tx.objectStore("artifacts").put({
    ...artifact,
    updatedAt: journal.at,
    lastNumber: version.number,
    versionCount: artifact.versionCount + 1,
    sizeBytes: artifact.sizeBytes + version.sizeBytes,
  });
  const project = await tx.objectStore("projects").get(artifact.project);
  if (project === undefined)
    throw new CairnError("internal", { reason: `project ${artifact.project} vanished` });
  await tx.objectStore("projects").put({
    ...project,
    updatedAt: journal.at,
    versionCount: project.versionCount + 1,
    sizeBytes: project.sizeBytes + version.sizeBytes,
  });
  journal.record("version-logged", nameOf(artifact, version.number), null, {
    uid: version.uid,
    digest: version.digest,
    sizeBytes: version.sizeBytes,
    fileCount: version.fileCount,
    description: version.description,
    metadata: version.metadata,
  });
}

/** Writes the alias moves; `latest` needs no event, as it follows from `version-logged` [A2 A4]. */
async function moveAliases(
  tx: CommitTx,
  artifact: ArtifactRecord,
  plan: VersionPlan,
  draft: Draft,
  journal: Journal,
): Promise<readonly AliasMove[]> {
  const held = await aliasesOf(tx, artifact.uid);
  const holders = new Map<Alias, VersionNumber>(held.map(({ alias, number }) => [alias, number]));
  const moves = planAliases(plan, draft.aliases, holders);
  for (const { alias, from, to } of moves) {
    await tx
      .objectStore("aliases")
      .put({ artifact: artifact.uid, alias, number: to, movedAt: journal.at });
    if (draft.aliases.includes(alias))
      journal.record(
        "alias-moved",
        `${nameOf(artifact)}:${alias}`,
        from === null ? null : formatVersion(from),
        formatVersion(to),
      );
  }
  return moves;
}

/** Notes which run produced the version, making the run when it is new [R1 R2]. */
async function writeOutputEdge(
  ctx: Ctx,
  tx: CommitTx,
  draft: Draft,
  version: VersionRecord,
  journal: Journal,
): Promise<void> {
  if (draft.run === null) return;
  const [known] = await tx.objectStore("runs").index("byName").getAll([draft.project, draft.run]);
  let run: RunUid | undefined = known?.uid;
  if (run === undefined) {
    run = ctx.newUid<"Run">();
    const at = journal.at;
    await tx.objectStore("runs").add({
      uid: run,
      project: draft.project,
      name: draft.run,
      state: "finished",
      startedAt: at,
      endedAt: at,
    });
    journal.record("run-created", `${draft.project}/${draft.run}`, null, { uid: run });
  }
  const edges = tx.objectStore("edges");
  if ((await edges.getKey([run, version.uid, "output"])) !== undefined) return;
  await edges.add({ run, version: version.uid, direction: "output", createdAt: journal.at });
  journal.record("edge-added", nameOf(draft, version.number), null, { run, direction: "output" });
}

/** Counts a new version; bytes alone when a known version's corrupt blobs were replaced by good copies. */
async function addTotals(
  tx: CommitTx,
  version: VersionRecord | null,
  storedBytes: number,
): Promise<void> {
  const totals = await tx.objectStore("totals").get("all");
  const next = {
    versions: (totals?.versions ?? 0) + (version === null ? 0 : 1),
    storedBytes: (totals?.storedBytes ?? 0) + storedBytes,
    logicalBytes: (totals?.logicalBytes ?? 0) + (version?.sizeBytes ?? 0),
  };
  await tx.objectStore("totals").put(next, "all");
}

function nameOf(
  artifact: { readonly project: string; readonly name: string },
  number?: VersionNumber,
): string {
  return `${artifact.project}/${artifact.name}${number === undefined ? "" : `:${formatVersion(number)}`}`;
}
