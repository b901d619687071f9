// The live versions of a version, an artifact or a project.
import type { ArtifactRecord, VersionRecord } from "../core/records.ts";
import { formatVersion } from "../core/version.ts";
import type { EvictScope } from "../protocol/sync-api.ts";
import { getArtifact, getVersionOf, versionsOf } from "../store/artifacts.ts";
import type { ReadTx } from "../store/transaction.ts";

export interface VersionIn {
  readonly artifact: ArtifactRecord;
  readonly version: VersionRecord;
}

/** None of a project that isn't here. Throws `not_found`, `in_trash`. */
export async function versionsIn(
  tx: ReadTx<"artifacts" | "versions" | "deletedVersions">,
  scope: EvictScope,
): Promise<readonly VersionIn[]> {
  if (scope.kind === "version") return [await getVersionOf(tx, scope.version)];
  const found: VersionIn[] = [];
  for (const artifact of await artifactsIn(tx, scope))
    for (const version of await versionsOf(tx, artifact.uid)) found.push({ artifact, version });
  return found;
}

async function artifactsIn(
  tx: ReadTx<"artifacts">,
  scope: Exclude<EvictScope, { kind: "version" }>,
): Promise<readonly ArtifactRecord[]> {
  const { project } = scope;
  if (scope.kind === "artifact") return [await getArtifact(tx, project, scope.name)];
  return tx
    .objectStore("artifacts")
    .index("byName")
    .getAll(IDBKeyRange.bound([project], [project, []]));
}

/** The project that a scope is in. */
export function projectOf(scope: EvictScope): string {
  return scope.kind === "version" ? scope.version.project : scope.project;
}

/** A scope's name for people. */
export function nameOf(scope: EvictScope): string {
  switch (scope.kind) {
    case "version": {
      const { project, name, number } = scope.version;
      return `${project}/${name}:${formatVersion(number)}`;
    }
    case "artifact":
      return `${scope.project}/${scope.name}`;
    default:
      return scope.project;
  }
}
