// Ids that are another version's by now [S3].
import type { VersionUid } from "../records.ts";
import type { SharedArtifact, SharedVersion } from "./shared.ts";

/** The version that each of an artifact's twins became. */
export function twinsOf(artifact: SharedArtifact | undefined): ReadonlyMap<VersionUid, VersionUid> {
  const holders = new Map<VersionUid, VersionUid>();
  for (const { uid, twins } of artifact?.versions.values() ?? [])
    for (const twin of twins) holders.set(twin, uid);
  return holders;
}

/** Finds an artifact's versions by any id they have or had. */
export function versionFinder(
  artifact: SharedArtifact | undefined,
): (uid: VersionUid) => SharedVersion | undefined {
  let twins: ReadonlyMap<VersionUid, VersionUid> | null = null;
  return (uid) => {
    const found = artifact?.versions.get(uid);
    if (found !== undefined || artifact === undefined) return found;
    twins ??= twinsOf(artifact);
    const holder = twins.get(uid);
    return holder === undefined ? undefined : artifact.versions.get(holder);
  };
}
