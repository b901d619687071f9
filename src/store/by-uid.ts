// What ids name: versions wherever they are, and their artifacts and aliases, each artifact read once.
import { CairnError } from "../core/errors.ts";
import type { LineageVersion } from "../core/lineage.ts";
import type { Alias } from "../core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  RunRecord,
  RunUid,
  VersionRecord,
  VersionUid,
} from "../core/records.ts";
import { aliasesOfVersion, latestFirst } from "./artifacts.ts";
import type { ReadTx } from "./transaction.ts";

/** Artifacts with more aliases are asked version by version. */
const FEW_ALIASES = 64;
/** Rows that are read in the time one more request takes. */
const ROWS_PER_REQUEST = 8;

type VersionTx = ReadTx<"versions" | "deletedVersions">;

/** A version, and whether it is there, in the trash, or a tombstone [R5]. */
export interface FoundByUid {
  readonly version: VersionRecord;
  readonly state: LineageVersion["state"];
}

/** A version by its id, or by one that the same content had on another device [S3]. Throws `internal`. */
export async function versionByUid(tx: VersionTx, uid: VersionUid): Promise<FoundByUid> {
  const found = await findByUid(tx, uid);
  if (found === undefined) throw lost("version", uid);
  return found;
}

/** As {@link versionByUid}; `undefined` for a version that was never in this browser. */
export async function findByUid(tx: VersionTx, uid: VersionUid): Promise<FoundByUid | undefined> {
  const versions = tx.objectStore("versions");
  const deletedVersions = tx.objectStore("deletedVersions");
  const live =
    (await versions.index("byUid").get(uid)) ?? (await versions.index("byTwin").get(uid));
  if (live !== undefined) return { version: live, state: "live" };
  const deleted =
    (await deletedVersions.get(uid)) ?? (await deletedVersions.index("byTwin").get(uid));
  if (deleted === undefined) return undefined;
  return { version: deleted, state: deleted.trash === undefined ? "deleted" : "in_trash" };
}

/** Every id that a version has: its own, and those of its twins. */
export function idsOf({ uid, twins }: Pick<VersionRecord, "uid" | "twins">): readonly VersionUid[] {
  return twins === undefined ? [uid] : [uid, ...twins];
}

/**
 * Runs by id. Those that were started about the same time lie together, and one request for a stretch
 * of rows takes less than one each for a quarter of them.
 */
export async function readRuns(
  tx: ReadTx<"runs">,
  uids: readonly RunUid[],
): Promise<ReadonlyMap<RunUid, RunRecord>> {
  const found = new Map<RunUid, RunRecord>();
  const sorted = uids.toSorted();
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return found;
  const store = tx.objectStore("runs");
  const limit = ROWS_PER_REQUEST * sorted.length;
  const rows = await store.getAll(IDBKeyRange.bound(first, last), limit);
  for (const run of rows) found.set(run.uid, run);
  const rest = rows.length < limit ? [] : sorted.filter((uid) => !found.has(uid));
  for (const run of await Promise.all(rest.map((uid) => store.get(uid))))
    if (run !== undefined) found.set(run.uid, run);
  return found;
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
