// The rows of a project: what of it there is in the tables, artifact by artifact.
import type { Alias, ArtifactName, ProjectName } from "../../core/names.ts";
import { LATEST } from "../../core/names.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  DeletedVersionRecord,
  DerivationRecord,
  EdgeRecord,
  ProjectRecord,
  RunRecord,
  RunUid,
  VersionRecord,
  VersionUid,
} from "../../core/records.ts";
import type { DeviceId, SharedMove } from "../../core/sync/shared.ts";
import { versionsOf } from "../../store/artifacts.ts";
import type { StoreName } from "../../store/schema.ts";
import type { ReadTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";
import { linesOf } from "./read-lines.ts";

/** The stores that {@link readRows} reads. */
export const ROW_STORES = [
  "projects",
  "artifacts",
  "versions",
  "deletedVersions",
  "aliases",
  "aliasMoves",
  "runs",
  "edges",
  "derivations",
  "events",
  "remotes",
] as const satisfies StoreName[];
export type RowTx = ReadTx<(typeof ROW_STORES)[number]>;

export interface ArtifactRows {
  readonly artifact: ArtifactRecord;
  readonly live: ReadonlyMap<VersionUid, VersionRecord>;
  readonly deleted: ReadonlyMap<VersionUid, DeletedVersionRecord>;
  /** `latest` too. */
  readonly aliases: ReadonlyMap<Alias, AliasRecord>;
  /** As devices agreed on them. */
  readonly moves: ReadonlyMap<Alias, readonly SharedMove[]>;
  /** When aliases went that somebody here took off since. */
  readonly removedAt: ReadonlyMap<Alias, string>;
  readonly edges: readonly EdgeRecord[];
  /** Of its versions as children, each with the name of the parent. */
  readonly derivations: readonly Required<DerivationRecord>[];
}

export interface ProjectRows {
  /** `undefined` where it isn't here. */
  readonly project: ProjectRecord | undefined;
  readonly artifacts: ReadonlyMap<ArtifactName, ArtifactRows>;
  readonly runs: ReadonlyMap<RunUid, RunRecord>;
  /** Whether an artifact that stays out has live versions. */
  readonly hasHidden: boolean;
  /** Versions of other projects that stay out, of which there are lines. */
  readonly hidden: ReadonlySet<VersionUid>;
}

/** What of a project is read; see `SharedRead`. */
interface RowsWanted {
  readonly project: ProjectName;
  readonly device: DeviceId;
  readonly never: ReadonlySet<ArtifactName>;
}

/** All but what stays out, with its lines. */
export async function readRows(
  tx: RowTx,
  { project: name, device, never }: RowsWanted,
): Promise<ProjectRows> {
  const ofProject = IDBKeyRange.bound([name], [name, []]);
  const [project, artifacts, runs] = await Promise.all([
    tx.objectStore("projects").get(name),
    tx.objectStore("artifacts").index("byName").getAll(ofProject),
    tx.objectStore("runs").index("byName").getAll(ofProject),
  ]);
  const shown = artifacts.filter((artifact) => !never.has(artifact.name));
  const hidden = artifacts.filter((artifact) => never.has(artifact.name));
  const parts = await Promise.all(shown.map((artifact) => readArtifact(tx, artifact)));
  const { lines, hidden: elsewhere } = await linesOf(tx, device, {
    runs: new Set(runs.map(({ uid }) => uid)),
    artifacts: parts,
    hidden,
  });
  return {
    project,
    artifacts: new Map(
      parts.map((part, i) => [
        part.artifact.name,
        { ...part, ...(lines[i] ?? { edges: [], derivations: [] }) },
      ]),
    ),
    runs: new Map(runs.map((run) => [run.uid, run])),
    hasHidden: hidden.some(({ versionCount }) => versionCount > 0),
    hidden: elsewhere,
  };
}

async function readArtifact(
  tx: RowTx,
  artifact: ArtifactRecord,
): Promise<Omit<ArtifactRows, "edges" | "derivations">> {
  const all = IDBKeyRange.bound([artifact.uid], [artifact.uid, []]);
  const [live, deleted, aliases, agreed] = await Promise.all([
    versionsOf(tx, artifact.uid),
    tx.objectStore("deletedVersions").index("byNumber").getAll(all),
    tx.objectStore("aliases").getAll(all),
    tx.objectStore("aliasMoves").getAll(all),
  ]);
  const rows = {
    artifact,
    live: new Map(live.map((version) => [version.uid, version])),
    deleted: new Map(deleted.map((version) => [version.uid, version])),
    aliases: new Map(aliases.map((row) => [row.alias, row])),
    moves: new Map(agreed.map(({ alias, moves }) => [alias, moves])),
  };
  return { ...rows, removedAt: await removedAtOf(tx, rows) };
}

/** When aliases that were agreed to be on a version went from it: with a delete, or taken off. */
async function removedAtOf(
  tx: ReadTx<"events">,
  {
    artifact,
    deleted,
    aliases,
    moves,
  }: Pick<ArtifactRows, "artifact" | "deleted" | "aliases" | "moves">,
): Promise<ReadonlyMap<Alias, string>> {
  const removedAt = new Map<Alias, string>();
  for (const [alias, known] of moves) {
    const holder = known.at(-1)?.to ?? null;
    if (holder === null || aliases.has(alias) || alias === LATEST) continue;
    const subject = `${subjectOf(artifact)}:${alias}`;
    const seqs = await tx.objectStore("events").index("bySubject").getAllKeys(subject);
    const last = seqs.at(-1);
    const event = last === undefined ? undefined : await tx.objectStore("events").get(last);
    const times = [
      deleted.get(holder)?.deletedAt,
      event?.kind === "alias-removed" ? event.at : undefined,
    ].filter((time) => time !== undefined);
    removedAt.set(alias, times.toSorted().at(-1) ?? artifact.updatedAt);
  }
  return removedAt;
}
