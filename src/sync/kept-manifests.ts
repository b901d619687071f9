// Versions' lists of files that a round brought here before it was cut short: they needn't come again.
import { entriesOf, isReference, totalSize } from "../core/manifest.ts";
import type { VersionUid } from "../core/records.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import { getManifest } from "../store/artifacts.ts";
import { withWrite, type ReadTx } from "../store/transaction.ts";
import type { Claims } from "./pins.ts";
import type { WantedManifest } from "./read-manifests.ts";
import { remoteFilesOf } from "./remote-files.ts";
import type { Run } from "./round-run.ts";

/** Claims what is here of the lists, with where their files are; answers whose they are. */
export function claimKept(
  { sync, remote }: Run,
  claims: Claims,
  wanted: readonly WantedManifest[],
): Promise<ReadonlySet<VersionUid>> {
  return withWrite(sync.db, ["manifests", "remoteFiles", "ingests", "pins"], async (tx) => {
    const kept = new Set<VersionUid>();
    for (const version of wanted) {
      if (!(await isKept(tx, remote, version))) continue;
      await claims.add(tx, version.digest);
      kept.add(version.uid);
    }
    return kept;
  });
}

/** Both were written together, from a list that was checked; what lies under the id may be of another one by now. */
async function isKept(
  tx: ReadTx<"manifests" | "remoteFiles">,
  remote: RemoteUid,
  { uid, digest, sizeBytes, fileCount }: WantedManifest,
): Promise<boolean> {
  if ((await tx.objectStore("manifests").getKey([digest, 0])) === undefined) return false;
  const placed = (await remoteFilesOf(tx, remote, uid)).flatMap(({ digests }) => digests);
  if (placed.length === 0) return false;
  const manifest = await getManifest(tx, digest);
  if (manifest.paths.length !== fileCount || totalSize(manifest) !== sizeBytes) return false;
  const files = Array.from(entriesOf(manifest)).flatMap((entry) =>
    isReference(entry) ? [] : [entry.digest],
  );
  const there = new Set(placed);
  return files.length === placed.length && files.every((each) => there.has(each));
}
