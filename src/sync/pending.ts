// What of a project its remote lacks, counted without asking the hub [S3].
import type { ArtifactName } from "../core/names.ts";
import { diffProject } from "../core/sync/diff.ts";
import type { SharedOp } from "../core/sync/ops.ts";
import type { SyncedProject } from "../core/sync/remote.ts";
import { emptyProject } from "../core/sync/shared.ts";
import { SHARED_STORES, readShared } from "../service/sync/shared-state.ts";
import type { Database } from "../store/schema.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import { withoutArtifacts } from "./pull-project.ts";

export interface Pending {
  readonly versions: number;
  /** Changes that are no new versions. */
  readonly changes: number;
  /** Bytes that came with the versions; the remote may have some of them. */
  readonly bytes: number;
}

export const NOTHING_PENDING: Pending = { versions: 0, changes: 0, bytes: 0 };

/** Counts the changes that the next round would put there. */
export async function countPending(
  db: Database,
  { uid, device }: RemoteRecord,
  project: SyncedProject,
): Promise<Pending> {
  const never = new Set<ArtifactName>(project.never);
  const { base, local } = await withRead(db, [...SHARED_STORES, "syncBases"], async (tx) => ({
    base: await tx.objectStore("syncBases").get([uid, project.name]),
    local: await readShared(tx, { project: project.name, device, never }),
  }));
  const agreed = base === undefined ? null : withoutArtifacts(base.state, never);
  // A project that isn't here yet is no change, but one that comes.
  if (agreed === null && local.artifacts.size === 0 && local.runs.size === 0)
    return NOTHING_PENDING;
  return sumUp(diffProject(agreed ?? emptyProject(project.name, local.createdAt), local, device));
}

export function addPending(a: Pending, b: Pending): Pending {
  return {
    versions: a.versions + b.versions,
    changes: a.changes + b.changes,
    bytes: a.bytes + b.bytes,
  };
}

function sumUp(ops: readonly SharedOp[]): Pending {
  const added = ops.flatMap((op) => (op.kind === "version" ? [op.version] : []));
  return {
    versions: added.length,
    changes: ops.length - added.length,
    bytes: added.reduce((sum, { newBytes }) => sum + newBytes, 0),
  };
}
