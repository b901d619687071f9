// Which bytes a remote holds, and where: what fetching, giving up local copies and the copies map go by.
import type { Digest } from "../core/digest.ts";
import type { VersionUid } from "../core/records.ts";
import type { RemoteFile, RemoteManifest } from "../core/sync/files.ts";
import { versionFolder } from "../core/sync/layout.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import type { CommitOid } from "../hub/hub.ts";
import { REMOTE_FILES_PART, type RemoteFilesRecord } from "../store/sync-records.ts";
import { storedOf } from "../store/stored.ts";
import type { ReadTx, WriteTx } from "../store/transaction.ts";

/** SHA-256 of no bytes. */
export const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** One blob in a row of `remoteFiles`. */
export interface PlacedBlob {
  readonly digest: Digest;
  readonly path: string;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A file of a remote that holds a blob. */
export interface RemotePlace {
  readonly remote: RemoteUid;
  readonly version: VersionUid;
  readonly commit: CommitOid;
  readonly seenAt: string;
  readonly path: string;
  /** Of the whole file. */
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly isPack: boolean;
  /** The blob that was looked for, and the part in which it was found. */
  readonly blob: PlacedBlob;
  readonly part: number;
}

/**
 * Notes, in the caller's transaction, that a version's files are at a commit. An empty file is
 * noted as well, though it has no file there.
 */
export async function putRemoteFiles(
  tx: WriteTx<"remoteFiles">,
  remote: RemoteUid,
  manifest: RemoteManifest,
  at: { readonly commit: CommitOid; readonly seenAt: string },
): Promise<void> {
  await deleteRemoteFiles(tx, remote, manifest.uid);
  const store = tx.objectStore("remoteFiles");
  const folder = versionFolder(manifest.project, manifest.name, manifest.number);
  // What lies in one pack lies in rows that follow each other.
  const files = manifest.files.toSorted(byPlace);
  const puts: Promise<unknown>[] = [];
  for (let from = 0; from < files.length; from += REMOTE_FILES_PART) {
    const part = files.slice(from, from + REMOTE_FILES_PART);
    const packs = new Map(
      part.flatMap(({ pack }) => {
        const found = pack === undefined ? undefined : manifest.packs[pack[0]];
        return found === undefined
          ? []
          : [[`${folder}/${found.path}`, { sha256: found.sha256, sizeBytes: found.size }] as const];
      }),
    );
    const row: RemoteFilesRecord = {
      ...at,
      digests: part.map(({ digest }) => digest),
      paths: part.map(({ path, pack }) => {
        const inside = pack === undefined ? undefined : manifest.packs[pack[0]]?.path;
        return `${folder}/${inside ?? path}`;
      }),
      offsets: part.map(({ pack }) => pack?.[1] ?? 0),
      sizes: part.map(({ size }) => size),
      sha256s: part.map(({ sha256 }) => sha256),
      packs,
    };
    puts.push(store.put(row, [remote, manifest.uid, from / REMOTE_FILES_PART]));
  }
  await Promise.all(puts);
}

/** Forgets a version's files: it was emptied from the trash there. */
export async function deleteRemoteFiles(
  tx: WriteTx<"remoteFiles">,
  remote: RemoteUid,
  version: VersionUid,
): Promise<void> {
  await tx.objectStore("remoteFiles").delete(allParts(remote, version));
}

/**
 * Forgets what a remote had that was set back, but not where bytes were that are not here: the commits of
 * then are there for a while, mostly, and nobody else may have them.
 */
export async function forgetFiles(
  tx: WriteTx<"remoteFiles"> & ReadTx<"packs" | "ingests">,
  remote: RemoteUid,
): Promise<void> {
  const store = tx.objectStore("remoteFiles");
  for (const key of await store.getAllKeys(IDBKeyRange.bound([remote], [remote, []]))) {
    const row = await store.get(key);
    if (row === undefined) continue;
    const digests = row.digests.filter((_, i) => (row.sizes[i] ?? 0) > 0);
    if ((await storedOf(tx, digests)).size === new Set(digests).size) await store.delete(key);
  }
}

/** Everything a remote holds of a version, in rows. */
export function remoteFilesOf(
  tx: ReadTx<"remoteFiles">,
  remote: RemoteUid,
  version: VersionUid,
): Promise<readonly RemoteFilesRecord[]> {
  return tx.objectStore("remoteFiles").getAll(allParts(remote, version));
}

/** The blobs of a row. */
export function* blobsIn(row: RemoteFilesRecord): Generator<PlacedBlob> {
  for (const at of row.digests.keys()) {
    const blob = blobAt(row, at);
    if (blob !== null) yield blob;
  }
}

function blobAt(row: RemoteFilesRecord, at: number): PlacedBlob | null {
  const digest = row.digests[at];
  const path = row.paths[at];
  const offset = row.offsets[at];
  const sizeBytes = row.sizes[at];
  const sha256 = row.sha256s[at];
  if (digest === undefined || path === undefined || offset === undefined) return null;
  if (sizeBytes === undefined || sha256 === undefined) return null;
  return { digest, path, offset, sizeBytes, sha256 };
}

/** The files of any remote that hold a blob, at most `limit` versions of them; none for an empty blob. */
export async function placesOf(
  tx: ReadTx<"remoteFiles">,
  digest: Digest,
  limit: number,
): Promise<readonly RemotePlace[]> {
  const index = tx.objectStore("remoteFiles").index("byDigest");
  const [keys, rows] = await Promise.all([
    index.getAllKeys(digest, limit),
    index.getAll(digest, limit),
  ]);
  return rows.flatMap((row, i) => {
    const key = keys[i];
    const blob = blobAt(row, row.digests.indexOf(digest));
    if (key === undefined || blob === null || blob.sizeBytes === 0) return [];
    const [remote, version, part] = key;
    const { commit, seenAt } = row;
    const pack = row.packs.get(blob.path);
    const { sha256, sizeBytes } = pack ?? blob;
    const isPack = pack !== undefined;
    const { path } = blob;
    return [{ remote, version, commit, seenAt, path, sha256, sizeBytes, isPack, blob, part }];
  });
}

/** All that lies in the file of a place: the blob alone, or the members of its pack. */
export async function membersOf(
  tx: ReadTx<"remoteFiles">,
  place: RemotePlace,
): Promise<readonly PlacedBlob[]> {
  if (!place.isPack) return [place.blob];
  const store = tx.objectStore("remoteFiles");
  const inPart = async (part: number): Promise<readonly PlacedBlob[]> => {
    const row = await store.get([place.remote, place.version, part]);
    return row === undefined ? [] : [...blobsIn(row)].filter(({ path }) => path === place.path);
  };
  const members = [...(await inPart(place.part))];
  for (const way of [-1, 1])
    for (let part = place.part + way; part >= 0; part += way) {
      const more = await inPart(part);
      if (more.length === 0) break;
      members.push(...more);
    }
  return members.toSorted((a, b) => a.offset - b.offset);
}

/** Whether a remote holds the files of a version. */
export async function holdsVersion(
  tx: ReadTx<"remoteFiles">,
  remote: RemoteUid,
  version: VersionUid,
): Promise<boolean> {
  return (await tx.objectStore("remoteFiles").getKey(allParts(remote, version))) !== undefined;
}

/** Ids of the versions of which some remote holds the files. */
export async function heldVersions(tx: ReadTx<"remoteFiles">): Promise<ReadonlySet<VersionUid>> {
  return new Set((await tx.objectStore("remoteFiles").getAllKeys()).map(([, version]) => version));
}

/** Those alone first, then pack by pack. */
function byPlace(a: RemoteFile, b: RemoteFile): number {
  const [packA, offsetA] = a.pack ?? [-1, 0];
  const [packB, offsetB] = b.pack ?? [-1, 0];
  return packA - packB || offsetA - offsetB;
}

// In IndexedDB's key order an array follows every number, so `[]` closes a range over numbers.
function allParts(remote: RemoteUid, version: VersionUid): IDBKeyRange {
  return IDBKeyRange.bound([remote, version], [remote, version, []]);
}
