// Versions whose files a remote holds, and those whose files it let go.
import type { ArtifactName } from "../core/names.ts";
import type { SharedProject, SharedVersion } from "../core/sync/shared.ts";

/** A version, and the artifact it is of. */
export interface VersionIn {
  readonly name: ArtifactName;
  readonly version: SharedVersion;
}

/** Whether a remote that has this version has its files: all but what was emptied from the trash. */
export function hasFiles(version: SharedVersion | undefined): boolean {
  return version !== undefined && (version.deleted === null || version.deleted.trash !== null);
}

/** Versions whose files are in the later state and were not in the former. */
export function newlyHeld(
  former: SharedProject | undefined,
  state: SharedProject,
): readonly VersionIn[] {
  return [...changed(former, state)].filter(
    ({ version, was }) => hasFiles(version) && !hasFiles(was),
  );
}

/** Versions that were emptied from the trash between two states. */
export function newTombstones(
  former: SharedProject | undefined,
  state: SharedProject,
): readonly VersionIn[] {
  return [...changed(former, state)].filter(
    ({ version, was }) => !hasFiles(version) && hasFiles(was),
  );
}

function* changed(
  former: SharedProject | undefined,
  state: SharedProject,
): Generator<VersionIn & { readonly was: SharedVersion | undefined }> {
  for (const artifact of state.artifacts.values()) {
    const before = former?.artifacts.get(artifact.name);
    if (before === artifact) continue;
    for (const version of artifact.versions.values())
      yield { name: artifact.name, version, was: before?.versions.get(version.uid) };
  }
}
