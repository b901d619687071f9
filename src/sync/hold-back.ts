// Changes without those that need versions which stay here for now: because a commit is full, or bytes can't be had.
import type { ArtifactName } from "../core/names.ts";
import type { VersionUid } from "../core/records.ts";
import type { SharedOp } from "../core/sync/ops.ts";

/** The changes that make sense without these versions. The rest is found again by the next comparison. */
export function withoutVersions(
  ops: readonly SharedOp[],
  uids: ReadonlySet<VersionUid>,
): readonly SharedOp[] {
  if (uids.size === 0) return ops;
  const left = ops.filter((op) => !versionsOf(op).some((uid) => uids.has(uid)));
  const before = namesOfVersions(ops);
  const after = namesOfVersions(left);
  // An artifact is nothing before its first version.
  return left.filter((op) => op.kind !== "artifact" || !before.has(op.name) || after.has(op.name));
}

function namesOfVersions(ops: readonly SharedOp[]): ReadonlySet<ArtifactName> {
  return new Set(ops.flatMap((op) => (op.kind === "version" ? [op.name] : [])));
}

/** The versions that a change is about. */
function versionsOf(op: SharedOp): readonly VersionUid[] {
  switch (op.kind) {
    case "version":
    case "version-restored":
      return [op.version.uid];
    case "version-edited":
    case "version-deleted":
    case "reserve":
      return [op.uid];
    case "alias":
      return op.move.to === null ? [] : [op.move.to];
    case "edge-added":
    case "edge-removed":
      return [op.edge.version];
    case "derivation-added":
    case "derivation-removed":
      return [op.derivation.child, op.derivation.parent];
    case "project":
    case "artifact":
    case "artifact-edited":
    case "run":
      return [];
  }
}
