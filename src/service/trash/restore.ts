// Takes a delete back: versions, the aliases that are still free, runs, the project [D1].
import { CairnError } from "../../core/errors.ts";
import { latestOf } from "../../core/alias.ts";
import type { Alias } from "../../core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  DeletedVersionRecord,
  TrashRecord,
  TrashUid,
  VersionRecord,
} from "../../core/records.ts";
import type { Restored } from "../../protocol/trash-api.ts";
import { versionsOf } from "../../store/artifacts.ts";
import { countVersions } from "../../store/counters.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf, type Journal } from "../journal.ts";
import { openProject } from "../log/open-project.ts";
import { DELETE_STORES, setLatest, type DeleteTx } from "./delete-versions.ts";

/** Puts everything of a trash entry back. Throws `not_found` when it was emptied or restored already. */
export async function restore(ctx: Ctx, uid: TrashUid): Promise<Restored> {
  const known = await withRead(ctx.db, ["trash"], (tx) => tx.objectStore("trash").get(uid));
  const gone = new CairnError("not_found", { what: "trash entry", name: uid });
  if (known === undefined) throw gone;
  return mutate(ctx, DELETE_STORES, known.project, async (tx, journal) => {
    const entry = await tx.objectStore("trash").get(uid);
    if (entry === undefined) throw gone;
    await openProject(tx, entry.project, journal);
    await restoreRuns(tx, entry, journal);
    const deleted = await tx.objectStore("deletedVersions").index("byTrash").getAll(uid);
    const byArtifact = new Map<ArtifactUid, DeletedVersionRecord[]>();
    for (const version of deleted)
      byArtifact.set(version.artifact, [...(byArtifact.get(version.artifact) ?? []), version]);
    const aliases: Alias[] = [];
    const takenAliases: Alias[] = [];
    for (const [artifactUid, versions] of byArtifact) {
      const artifact = await tx.objectStore("artifacts").get(artifactUid);
      if (artifact === undefined)
        throw new CairnError("internal", { reason: `artifact ${artifactUid} vanished` });
      const given = await restoreVersions(tx, artifact, versions, uid, journal);
      aliases.push(...given.free);
      takenAliases.push(...given.taken);
    }
    await tx.objectStore("trash").delete(uid);
    return { versions: deleted.length, aliases, takenAliases };
  });
}

async function restoreVersions(
  tx: DeleteTx,
  artifact: ArtifactRecord,
  deleted: readonly DeletedVersionRecord[],
  trash: TrashUid,
  journal: Journal,
): Promise<{ readonly free: readonly Alias[]; readonly taken: readonly Alias[] }> {
  const taken: Alias[] = [];
  const free: [Alias, VersionRecord["number"]][] = [];
  for (const row of deleted) {
    const version = liveAgain(row);
    await tx.objectStore("deletedVersions").delete(row.uid);
    await tx.objectStore("versions").add(version);
    for (const alias of row.aliases) {
      const holder = await tx.objectStore("aliases").get([artifact.uid, alias]);
      if (holder !== undefined) taken.push(alias);
      else {
        const { number } = version;
        await tx
          .objectStore("aliases")
          .put({ artifact: artifact.uid, alias, number, movedAt: journal.at });
        free.push([alias, number]);
      }
    }
  }
  const live = await versionsOf(tx, artifact.uid);
  const latest = latestOf(live.map(({ number }) => number));
  if (latest !== null) await setLatest(tx, artifact.uid, latest, journal.at);
  const sizeBytes = deleted.reduce((sum, version) => sum + version.sizeBytes, 0);
  await countVersions(tx, artifact, { versions: deleted.length, sizeBytes }, journal.at);
  journal.record("versions-restored", subjectOf(artifact), null, {
    trash,
    numbers: deleted.map(({ number }) => number).toSorted((a, b) => a - b),
    aliases: Object.fromEntries(free),
    latest,
  });
  return { free: free.map(([alias]) => alias), taken };
}

async function restoreRuns(tx: DeleteTx, entry: TrashRecord, journal: Journal): Promise<void> {
  for (const uid of entry.runs) {
    const run = await tx.objectStore("runs").get(uid);
    if (run === undefined || run.deletedAt === null) continue;
    await tx.objectStore("runs").put({ ...run, deletedAt: null });
    journal.record("run-restored", `${run.project}/${run.name}`, null, { uid });
  }
}

function liveAgain(row: DeletedVersionRecord): VersionRecord {
  const { deletedAt: _at, trash: _trash, aliases: _aliases, ...version } = row;
  return version;
}
