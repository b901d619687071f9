// What a remote has put into the tables, with what happened here behind it: one transaction for a project [S3 S4 S5].
import { mergeProject } from "../core/sync/merge.ts";
import type { SyncNote } from "../core/sync/ops.ts";
import type { SharedProject } from "../core/sync/shared.ts";
import type { CommitOid } from "../hub/hub.ts";
import {
  lackingManifests,
  readShared,
  SHARED_STORES,
  writeShared,
  type SharedStore,
} from "../service/sync/shared-state.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead, withWrite, type ReadTx } from "../store/transaction.ts";
import { withClaims } from "./pins.ts";
import type { PulledProject } from "./pull-project.ts";
import type { Run } from "./round-run.ts";
import { stageManifests } from "./stage-manifests.ts";
import { hasFiles, newlyHeld, type VersionIn } from "./tombstones.ts";

/** Takes in a project. What other devices' rounds hold is here after, and agreed on. */
export async function takeIn(
  run: Run,
  row: RemoteRecord,
  commit: CommitOid,
  pulled: PulledProject,
): Promise<void> {
  const { name: project, base, state } = pulled;
  const held = newlyHeld(base, state);
  const job: Job = { run, row, commit, pulled };
  const taken = await withClaims(run.sync, async (claims) => {
    const stage = (versions: readonly VersionIn[]): Promise<void> =>
      stageManifests(run, claims, { project, commit, versions });
    await stage(held);
    await stage(
      await withRead(run.sync.db, [...SHARED_STORES], async (tx) =>
        lackingOf(job, tx, (await merge(job, tx)).merged.state),
      ),
    );
    await run.step("before-take-in");
    for (;;) {
      const written = await write(job, held);
      if (!("lacking" in written)) return written;
      // Somebody emptied the trash meanwhile, of what comes back.
      await stage(written.lacking);
    }
  });
  if (taken.hasChanged) run.sync.notify({ kind: "changed", project });
  run.tally.pulledVersions += taken.versions;
  run.tally.notes.push(...taken.notes.map((note) => ({ project, note })));
  await run.step("after-take-in");
}

interface Job {
  readonly run: Run;
  readonly row: RemoteRecord;
  readonly commit: CommitOid;
  readonly pulled: PulledProject;
}

interface Taken {
  readonly hasChanged: boolean;
  readonly notes: readonly SyncNote[];
  /** Versions that weren't here. */
  readonly versions: number;
}

function write(
  job: Job,
  held: readonly VersionIn[],
): Promise<Taken | { readonly lacking: readonly VersionIn[] }> {
  const { run, pulled } = job;
  const stores = [...SHARED_STORES, "syncBases"] as const;
  return withWrite(run.sync.db, [...stores], async (tx) => {
    const { before, merged } = await merge(job, tx);
    const lacking = await lackingOf(job, tx, merged.state);
    if (lacking.length > 0) return { lacking };
    const written = await writeShared(run.sync, tx, readOf(job), {
      before,
      after: merged.state,
      manifests: new Map(),
      fixed: pulled.state,
    });
    await tx.objectStore("syncBases").put(pulled.agreed);
    const isNew = ({ name, version }: VersionIn): boolean =>
      before.artifacts.get(name)?.versions.has(version.uid) !== true;
    return {
      hasChanged: written.hasChanged,
      notes: [...merged.notes, ...written.notes],
      versions: held.filter(isNew).length,
    };
  });
}

async function merge(
  job: Job,
  tx: ReadTx<SharedStore>,
): Promise<{
  readonly before: SharedProject;
  readonly merged: ReturnType<typeof mergeProject>;
}> {
  const { base, state } = job.pulled;
  const before = await readShared(tx, readOf(job));
  const { device } = job.row;
  return { before, merged: mergeProject({ base, remote: state, local: before, device }) };
}

function readOf({ row, pulled }: Job): Parameters<typeof readShared>[1] {
  return { project: pulled.name, device: row.device, never: pulled.never };
}

/** Versions of the remote whose lists of files are not here. */
async function lackingOf(
  { pulled }: Job,
  tx: ReadTx<SharedStore>,
  after: SharedProject,
): Promise<readonly VersionIn[]> {
  const digests = await lackingManifests(tx, after);
  if (digests.size === 0) return [];
  return [...pulled.state.artifacts.values()].flatMap(({ name, versions }) =>
    [...versions.values()]
      .filter((version) => digests.has(version.digest) && hasFiles(version))
      .map((version) => ({ name, version })),
  );
}
