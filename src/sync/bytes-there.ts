// How many bytes a remote is known to hold, and how many of them are not in this browser.
import { DigestSet } from "../core/digest-set.ts";
import type { Digest } from "../core/digest.ts";
import type { ProjectName } from "../core/names.ts";
import type { ArtifactUid, VersionUid } from "../core/records.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import { eachBatch } from "../store/batches.ts";
import type { Database } from "../store/schema.ts";
import type { RemoteFilesRecord } from "../store/sync-records.ts";
import { withRead, type ReadTx } from "../store/transaction.ts";

/** Rows of `remoteFiles` read at once: each may tell of hundreds of files. */
const FILES_ROWS = 100;

/** Bytes of all different files in a remote's versions; a pack is one file. */
export function usedBytes(db: Database, remote: RemoteUid): Promise<number> {
  return withRead(db, ["remoteFiles"], async (tx) => {
    const sizes = new Map<string, number>();
    for await (const { row } of rowsOf(tx, remote)) {
      for (const { sha256, sizeBytes } of row.packs.values()) sizes.set(sha256, sizeBytes);
      for (const [i, sha256] of row.sha256s.entries())
        if (!row.packs.has(row.paths[i] ?? "")) sizes.set(sha256, row.sizes[i] ?? 0);
    }
    return sum(sizes.values());
  });
}

/**
 * By project: bytes of its live versions that the remote has and this browser hasn't. Projects that lack
 * nothing are left out. The stores are walked through whole, since there may be ten thousand projects.
 */
export function missingBytes(
  db: Database,
  remote: RemoteUid,
): Promise<ReadonlyMap<ProjectName, number>> {
  return withRead(db, ["remoteFiles", "packs", "artifacts", "versions"], async (tx) => {
    const here = await digestsHere(tx);
    const lacking = new Map<ProjectName, Map<Digest, number>>();
    let projects: ReadonlyMap<VersionUid, ProjectName> | undefined;
    for await (const { version, row } of rowsOf(tx, remote))
      for (const [i, digest] of row.digests.entries()) {
        const size = row.sizes[i] ?? 0;
        if (size === 0 || here.has(digest)) continue;
        // Mostly nothing is missing, and then nobody needs them.
        projects ??= await projectsOfVersions(tx);
        const project = projects.get(version);
        if (project === undefined) continue;
        const sizes = lacking.get(project) ?? new Map<Digest, number>();
        lacking.set(project, sizes.set(digest, size));
      }
    return new Map([...lacking].map(([project, sizes]) => [project, sum(sizes.values())]));
  });
}

async function digestsHere(tx: ReadTx<"packs">): Promise<DigestSet> {
  const here = new DigestSet();
  for await (const { values } of eachBatch(tx, "packs"))
    for (const { digests } of values) for (const digest of digests) here.add(digest);
  return here;
}

/** Of every live version. */
async function projectsOfVersions(
  tx: ReadTx<"artifacts" | "versions">,
): Promise<ReadonlyMap<VersionUid, ProjectName>> {
  const ofArtifact = new Map<ArtifactUid, ProjectName>();
  for await (const { values } of eachBatch(tx, "artifacts"))
    for (const { uid, project } of values) ofArtifact.set(uid, project);
  const ofVersion = new Map<VersionUid, ProjectName>();
  for await (const { values } of eachBatch(tx, "versions"))
    for (const { uid, artifact } of values) {
      const project = ofArtifact.get(artifact);
      if (project !== undefined) ofVersion.set(uid, project);
    }
  return ofVersion;
}

async function* rowsOf(
  tx: ReadTx<"remoteFiles">,
  remote: RemoteUid,
): AsyncGenerator<{ readonly version: VersionUid; readonly row: RemoteFilesRecord }> {
  const batches = eachBatch(tx, "remoteFiles", { under: remote, rows: FILES_ROWS });
  for await (const { keys, values } of batches)
    for (const [i, row] of values.entries()) {
      const version = keys[i]?.[1];
      if (version !== undefined) yield { version, row };
    }
}

function sum(sizes: Iterable<number>): number {
  let bytes = 0;
  for (const size of sizes) bytes += size;
  return bytes;
}
