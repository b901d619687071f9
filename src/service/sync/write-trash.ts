// Trash entries that follow from what a merge deleted, restored and purged [D1].
import { CairnError } from "../../core/errors.ts";
import type { RunUid, TrashRecord, TrashUid, VersionRecord } from "../../core/records.ts";
import type { SharedArtifact, SharedDelete, SharedProject } from "../../core/sync/shared.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { AnyRow, VersionPlan } from "./plan-versions.ts";
import type { SyncJournal } from "./sync-journal.ts";

/** How much entries gain and lose by a merge. */
export type TrashDeltas = Map<TrashUid, { versions: number; sizeBytes: number }>;

/** Notes where an artifact's versions go to, and where they come from. */
export function countTrash(deltas: TrashDeltas, { changes, absorbed }: VersionPlan): void {
  for (const { row } of absorbed) add(deltas, trashOf(row), row, -1);
  for (const { was, row } of changes) {
    if (was !== null) add(deltas, trashOf(was.row), row, -1);
    add(deltas, trashOf(row), row, 1);
  }
}

function trashOf(row: AnyRow): TrashUid | undefined {
  return "trash" in row ? row.trash : undefined;
}

function add(
  deltas: TrashDeltas,
  trash: TrashUid | undefined,
  { sizeBytes }: VersionRecord,
  sign: number,
): void {
  if (trash === undefined) return;
  const delta = deltas.get(trash) ?? { versions: 0, sizeBytes: 0 };
  delta.versions += sign;
  delta.sizeBytes += sign * sizeBytes;
  deltas.set(trash, delta);
}

/**
 * Brings the entries up to date: of those that others made, too; an emptied one goes.
 *
 * @throws CairnError `invalid_remote` for one under the id of another project's
 */
export async function writeTrash(
  tx: WriteTx<"trash">,
  journal: SyncJournal,
  project: SharedProject,
  deltas: TrashDeltas,
): Promise<void> {
  if (deltas.size === 0) return;
  const members = membersOf(project, deltas);
  const store = tx.objectStore("trash");
  for (const [uid, delta] of deltas) {
    const known = await store.get(uid);
    const inside = members.get(uid) ?? [];
    if (known !== undefined && known.project !== project.name) throw foreign(project.name);
    if (known === undefined) {
      const [first] = inside;
      if (first !== undefined) await store.put(entryOf(journal, project, uid, inside, first));
      continue;
    }
    const entry: TrashRecord = {
      ...known,
      versionCount: known.versionCount + delta.versions,
      sizeBytes: known.sizeBytes + delta.sizeBytes,
      numbers: known.kind === "versions" ? numbersOf(inside) : known.numbers,
    };
    if (entry.versionCount <= 0 && delta.versions < 0) await store.delete(uid);
    else await store.put(entry);
  }
}

function foreign(path: string): CairnError {
  const reason = "something in its trash has the id of another project's in this browser";
  return new CairnError("invalid_remote", { remote: "the repository", path, reason });
}

interface Member {
  readonly artifact: SharedArtifact;
  readonly number: VersionNumber;
  readonly sizeBytes: number;
  readonly deleted: SharedDelete;
}

function membersOf(
  { artifacts }: SharedProject,
  deltas: TrashDeltas,
): ReadonlyMap<TrashUid, readonly Member[]> {
  const members = new Map<TrashUid, Member[]>();
  for (const artifact of artifacts.values())
    for (const { number, sizeBytes, deleted } of artifact.versions.values()) {
      const trash = deleted?.trash ?? null;
      if (deleted === null || trash === null || !deltas.has(trash)) continue;
      const inside = members.get(trash) ?? [];
      inside.push({ artifact, number, sizeBytes, deleted });
      members.set(trash, inside);
    }
  return members;
}

/** The entry of a delete elsewhere: a project's where it took several artifacts, or ended the project. */
function entryOf(
  journal: SyncJournal,
  project: SharedProject,
  uid: TrashUid,
  inside: readonly Member[],
  { artifact, deleted }: Member,
): TrashRecord {
  const isProject =
    project.deletedAt === deleted.at || inside.some((member) => member.artifact !== artifact);
  const isWhole = [...artifact.versions.values()].every((version) => version.deleted !== null);
  const kind = isProject ? "project" : isWhole ? "artifact" : "versions";
  return {
    uid,
    kind,
    project: project.name,
    artifact: isProject ? null : artifact.name,
    deletedAt: deleted.at,
    actor: journal.actorOf(deleted.by),
    versionCount: inside.length,
    sizeBytes: inside.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    numbers: kind === "versions" ? numbersOf(inside) : [],
    runs: isProject ? runsOf(project, deleted) : [],
  };
}

/** Runs go with a project in the moment it goes. */
function runsOf({ runs }: SharedProject, { at }: SharedDelete): readonly RunUid[] {
  return [...runs.values()].filter(({ deletedAt }) => deletedAt === at).map(({ uid }) => uid);
}

function numbersOf(inside: readonly Member[]): readonly VersionNumber[] {
  return inside.map(({ number }) => number).toSorted((a, b) => a - b);
}
