// A project as syncing sees it, read from the tables and written back to them [S3 S4 S5].
import type { Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ArtifactName, ProjectName } from "../../core/names.ts";
import type { SyncNote } from "../../core/sync/ops.ts";
import type { DeviceId, SharedProject } from "../../core/sync/shared.ts";
import type { StoreName } from "../../store/schema.ts";
import type { ReadTx, WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** The stores a project lies in. */
export const SHARED_STORES = [
  "projects",
  "artifacts",
  "versions",
  "deletedVersions",
  "aliases",
  "manifests",
  "runs",
  "edges",
  "derivations",
  "trash",
  "totals",
  "events",
  "registries",
  "registryEvents",
  "identity",
] as const satisfies StoreName[];
export type SharedStore = (typeof SHARED_STORES)[number];

/** What is read of a project. */
export interface SharedRead {
  readonly project: ProjectName;
  /** Who this browser is: whoever made what says nothing else. */
  readonly device: DeviceId;
  /** Artifacts that stay out, with all their lines. */
  readonly never: ReadonlySet<ArtifactName>;
}

/** The project as it is here; without artifacts and runs where there is none. */
export function readShared(tx: ReadTx<SharedStore>, read: SharedRead): Promise<SharedProject> {
  throw new Error(`not yet ${read.project} ${String(tx)}`);
}

/**
 * Makes the tables say what a merge came to, with events for what changed. Versions that others
 * deleted and a registry here links stay, and so come back with the next round [S5].
 *
 * @param before what {@link readShared} gave in this transaction
 * @param after what it shall be; its versions that others have are fixed from now on
 * @param manifests of versions that were not here, by digest
 */
export function writeShared(
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
  throw new Error(`not yet ${ctx.actor} ${read.project} ${change.manifests.size} ${String(tx)}`);
}

/** Marks versions as agreed on, once the commit that holds them has won [S3]. */
export function markFixed(
  tx: WriteTx<"artifacts" | "versions" | "deletedVersions">,
  agreed: SharedProject,
): Promise<void> {
  throw new Error(`not yet ${agreed.name} ${String(tx)}`);
}
