// A project as syncing sees it, read from the tables and written back to them [S3 S4 S5].
import type { Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ArtifactName, ProjectName } from "../../core/names.ts";
import type { SyncNote } from "../../core/sync/ops.ts";
import type { DeviceId, SharedProject } from "../../core/sync/shared.ts";
import type { ReadTx, WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { readRows, type ProjectRows } from "./read-rows.ts";
import { sharedOf } from "./shared-of.ts";
import type { SharedStore } from "./shared-stores.ts";
import { writeProject } from "./write-project.ts";

export { FIXED_STORES, markFixed } from "./mark-fixed.ts";
export { SHARED_STORES, type SharedStore } from "./shared-stores.ts";

/** What is read of a project. */
export interface SharedRead {
  readonly project: ProjectName;
  /** Who this browser is: whoever made what says nothing else. */
  readonly device: DeviceId;
  /** Artifacts that stay out, with all their lines. */
  readonly never: ReadonlySet<ArtifactName>;
}

/** The rows that a state was read from, so that writing needn't read them again. */
const rowsOf = new WeakMap<SharedProject, ProjectRows>();

/**
 * The project as it is here; without artifacts and runs, and with `""` for its beginning, where there
 * is none. Lines to runs of other projects, and to what stays out of the device's remote, are left out.
 */
export async function readShared(
  tx: ReadTx<SharedStore>,
  read: SharedRead,
): Promise<SharedProject> {
  const rows = await readRows(tx, read);
  const shared = sharedOf(read.project, rows, read.device);
  rowsOf.set(shared, rows);
  return shared;
}

/**
 * Makes the tables say what a merge came to, with events for what changed. Versions that others
 * deleted and a registry here links stay, and so come back with the next round [S5].
 *
 * @param before what {@link readShared} gave in this transaction
 * @param after what it shall be; its versions that others have are fixed from now on
 * @param manifests of versions that were not here, by digest; see {@link lackingManifests}
 * @throws CairnError `not_found` for a manifest that is neither here nor given
 */
export async function writeShared(
  ctx: Ctx,
  tx: WriteTx<SharedStore>,
  read: SharedRead,
  change: {
    readonly before: SharedProject;
    readonly after: SharedProject;
    readonly manifests: ReadonlyMap<Digest, Manifest>;
    /** Those whose number all devices agree on: they are in the remote. */
    readonly fixed: SharedProject;
  },
): Promise<{ readonly notes: readonly SyncNote[]; readonly hasChanged: boolean }> {
  const rows = rowsOf.get(change.before) ?? (await readRows(tx, read));
  return writeProject(ctx, tx, read.device, rows, change);
}

/** Manifests that {@link writeShared} would miss: of versions, live or in the trash, that have none here. */
export async function lackingManifests(
  tx: ReadTx<"manifests">,
  after: SharedProject,
): Promise<ReadonlySet<Digest>> {
  const wanted = new Set<Digest>();
  for (const { versions } of after.artifacts.values())
    for (const { digest, deleted } of versions.values())
      if (deleted?.trash !== null) wanted.add(digest);
  const store = tx.objectStore("manifests");
  const keys = await Promise.all(Array.from(wanted, (digest) => store.getKey([digest, 0])));
  return new Set([...wanted].filter((_, i) => keys[i] === undefined));
}
