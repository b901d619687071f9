// How many bytes a remote is known to hold, and how many of them are not in this browser.
import { DigestSet } from "../core/digest-set.ts";
import type { ProjectName } from "../core/names.ts";
import type { VersionUid } from "../core/records.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import { eachBatch } from "../store/batches.ts";
import type { Database } from "../store/schema.ts";
import type { RemoteFilesRecord } from "../store/sync-records.ts";
import { withRead, type ReadTx } from "../store/transaction.ts";
import { versionsIn } from "./versions-in.ts";

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

/** By project: bytes of its live versions that the remote has and this browser hasn't. */
export function missingBytes(
  db: Database,
  remote: RemoteUid,
  projects: readonly ProjectName[],
): Promise<ReadonlyMap<ProjectName, number>> {
  const stores = ["remoteFiles", "packs", "artifacts", "versions", "deletedVersions"] as const;
  return withRead(db, [...stores], async (tx) => {
    const projectOf = new Map<VersionUid, ProjectName>();
    for (const project of projects)
      for (const { version } of await versionsIn(tx, { kind: "project", project }))
        projectOf.set(version.uid, project);
    const here = await digestsHere(tx);
    const lacking = new Map(projects.map((project) => [project, new Map<string, number>()]));
    for await (const { version, row } of rowsOf(tx, remote)) {
      const sizes = lacking.get(projectOf.get(version) ?? ("" as ProjectName));
      if (sizes === undefined) continue;
      for (const [i, digest] of row.digests.entries()) {
        const size = row.sizes[i] ?? 0;
        if (size > 0 && !here.has(digest)) sizes.set(digest, size);
      }
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

async function* rowsOf(
  tx: ReadTx<"remoteFiles">,
  remote: RemoteUid,
): AsyncGenerator<{ readonly version: VersionUid; readonly row: RemoteFilesRecord }> {
  for await (const { keys, values } of eachBatch(tx, "remoteFiles"))
    for (const [i, row] of values.entries()) {
      const [of, version] = keys[i] ?? [];
      if (of === remote && version !== undefined) yield { version, row };
    }
}

function sum(sizes: Iterable<number>): number {
  let bytes = 0;
  for (const size of sizes) bytes += size;
  return bytes;
}
