// What remotes were told to hold, for bytes that are not in this browser: so that they need not come here to be named again.
import type { Digest } from "../core/digest.ts";
import { entryAt, isReference, rowOf, type FileEntry, type Manifest } from "../core/manifest.ts";
import type { VersionUid } from "../core/records.ts";
import type { TarPlan } from "../core/sync/packs.ts";
import { getManifest } from "../store/artifacts.ts";
import type { Database } from "../store/schema.ts";
import { withRead, type ReadTx } from "../store/transaction.ts";
import { blobsIn, membersOf, placesOf, type RemotePlace } from "./remote-files.ts";

/** Versions looked at for one pack. */
const CANDIDATES = 4;

type KnownTx = ReadTx<"remoteFiles" | "versions" | "deletedVersions" | "manifests">;

/** SHA-256 of blobs, as a remote has them. Nobody checked them here: what is fetched is. */
export function toldSha256s(
  db: Database,
  digests: readonly Digest[],
): Promise<ReadonlyMap<Digest, string>> {
  return withRead(db, ["remoteFiles"], async (tx) => {
    const index = tx.objectStore("remoteFiles").index("byDigest");
    const asked = new Set(digests);
    const told = new Map<Digest, string>();
    for (const digest of asked) {
      if (told.has(digest)) continue;
      // What is asked for together lies together, mostly: one row tells of hundreds.
      const [row] = await index.getAll(digest, 1);
      if (row === undefined) continue;
      for (const blob of blobsIn(row))
        if (asked.has(blob.digest) && !told.has(blob.digest)) told.set(blob.digest, blob.sha256);
    }
    return told;
  });
}

/** SHA-256 of a pack that some remote has with just these members under these names; `null` for none. */
export function toldPack(db: Database, tar: TarPlan): Promise<string | null> {
  const first = tar.members[0]?.entry;
  if (first === undefined) return Promise.resolve(null);
  const stores = ["remoteFiles", "versions", "deletedVersions", "manifests"] as const;
  return withRead(db, [...stores], async (tx) => {
    for (const place of await placesOf(tx, first.digest, CANDIDATES))
      if (await isSame(tx, tar, place)) return place.sha256;
    return null;
  });
}

async function isSame(tx: KnownTx, tar: TarPlan, place: RemotePlace): Promise<boolean> {
  if (!place.isPack || place.sizeBytes !== tar.sizeBytes) return false;
  const members = await membersOf(tx, place);
  const isLaidOutSo =
    members.length === tar.members.length &&
    tar.members.every(
      ({ entry, offset }, i) => members[i]?.digest === entry.digest && members[i].offset === offset,
    );
  if (!isLaidOutSo) return false;
  // Names are part of a tar, and rows don't say them.
  const manifest = await manifestOfVersion(tx, place.version);
  return manifest !== null && tar.members.every(({ entry }) => holds(manifest, entry));
}

function holds(manifest: Manifest, { path, digest }: FileEntry): boolean {
  const row = rowOf(manifest, path);
  const entry = row < 0 ? null : entryAt(manifest, row);
  return entry !== null && !isReference(entry) && entry.digest === digest;
}

async function manifestOfVersion(tx: KnownTx, uid: VersionUid): Promise<Manifest | null> {
  const version =
    (await tx.objectStore("versions").index("byUid").get(uid)) ??
    (await tx.objectStore("deletedVersions").get(uid));
  if (version === undefined) return null;
  const isThere = (await tx.objectStore("manifests").getKey([version.digest, 0])) !== undefined;
  return isThere ? getManifest(tx, version.digest) : null;
}
