// What ids name: versions wherever they are, and their artifacts and aliases, each artifact read once.
import { CairnError } from "../core/errors.ts";
import type { LineageVersion } from "../core/lineage.ts";
import type { Alias } from "../core/names.ts";
import type { ArtifactRecord, ArtifactUid, VersionRecord, VersionUid } from "../core/records.ts";
import { aliasesOfVersion, latestFirst } from "./artifacts.ts";
import type { ReadTx } from "./transaction.ts";

/** Artifacts with more aliases are asked version by version. */
const FEW_ALIASES = 64;

/** A version: there, in the trash, or a tombstone [R5]. */
export async function versionByUid(
  tx: ReadTx<"versions" | "deletedVersions">,
  uid: VersionUid,
): Promise<{ readonly version: VersionRecord; readonly state: LineageVersion["state"] }> {
  const live = await tx.objectStore("versions").index("byUid").get(uid);
  if (live !== undefined) return { version: live, state: "live" };
  const deleted = await tx.objectStore("deletedVersions").get(uid);
  if (deleted === undefined) throw lost("version", uid);
  return { version: deleted, state: deleted.trash === undefined ? "deleted" : "in_trash" };
}

/** Reads artifacts by id. */
export function artifactReader(
  tx: ReadTx<"artifacts">,
): (uid: ArtifactUid) => Promise<ArtifactRecord> {
  return once(async (uid) => {
    const artifact = await tx.objectStore("artifacts").get(uid);
    if (artifact === undefined) throw lost("artifact", uid);
    return artifact;
  });
}

/** Reads the aliases of versions, `latest` first, then by name. */
export function aliasReader(
  tx: ReadTx<"aliases">,
): (version: VersionRecord) => Promise<readonly Alias[]> {
  const rowsOf = once((artifact) =>
    tx
      .objectStore("aliases")
      .getAll(IDBKeyRange.bound([artifact], [artifact, []]), FEW_ALIASES + 1),
  );
  return async (version) => {
    const rows = await rowsOf(version.artifact);
    if (rows.length > FEW_ALIASES) return aliasesOfVersion(tx, version);
    const own = rows.filter(({ number }) => number === version.number);
    return latestFirst(own).map(({ alias }) => alias);
  };
}

/** What an id names is never removed, so that it is missing is a fault of the store. */
export function lost(what: string, uid: string): CairnError {
  return new CairnError("internal", { reason: `${what} ${uid} is missing` });
}

function once<T>(read: (uid: ArtifactUid) => Promise<T>): (uid: ArtifactUid) => Promise<T> {
  const reads = new Map<ArtifactUid, Promise<T>>();
  return (uid) => {
    const known = reads.get(uid) ?? read(uid);
    reads.set(uid, known);
    return known;
  };
}
