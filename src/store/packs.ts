// Packs: where blobs' bytes are. A blob counts as stored once the ingest that wrote its pack is committed.
import type { Digest } from "../core/digest.ts";
import type { IngestUid } from "../core/records.ts";
import type { PackKey, PackRecord } from "./schema.ts";
import type { ReadTx, WriteTx } from "./transaction.ts";

type LookupTx = ReadTx<"packs" | "ingests">;

/** The committed pack that holds a blob, or `undefined`. */
export async function findPackKey(tx: LookupTx, digest: Digest): Promise<PackKey | undefined> {
  const index = tx.objectStore("packs").index("byDigest");
  const first = await index.getKey(digest);
  if (first === undefined || (await isCommitted(tx, first[0]))) return first;
  // The first one is still being staged, perhaps in another tab; a committed one may follow.
  for (const key of await index.getAllKeys(digest)) if (await isCommitted(tx, key[0])) return key;
  return undefined;
}

/** Those of the digests whose blobs are stored. */
export async function findStored(tx: LookupTx, digests: readonly Digest[]): Promise<Set<Digest>> {
  const keys = await Promise.all(digests.map((digest) => findPackKey(tx, digest)));
  return new Set(digests.filter((_, i) => keys[i] !== undefined));
}

/** The bytes of a pack: the stored Blob, or its byte records joined. */
export async function readPackBytes(
  tx: ReadTx<"packBytes">,
  key: PackKey,
): Promise<readonly (Blob | ArrayBuffer)[]> {
  return tx.objectStore("packBytes").getAll(allParts(key));
}

/** Removes a pack, row and bytes. */
export async function deletePack(tx: WriteTx<"packs" | "packBytes">, key: PackKey): Promise<void> {
  await Promise.all([
    tx.objectStore("packs").delete([...key]),
    tx.objectStore("packBytes").delete(allParts(key)),
  ]);
}

/** Removes everything an ingest wrote. */
export async function deleteIngest(
  tx: WriteTx<"packs" | "packBytes" | "ingests" | "pins">,
  uid: IngestUid,
): Promise<void> {
  await Promise.all([
    tx.objectStore("packs").delete(IDBKeyRange.bound([uid], [uid, []])),
    tx.objectStore("packBytes").delete(IDBKeyRange.bound([uid], [uid, []])),
    tx.objectStore("ingests").delete(uid),
    deletePins(tx, uid),
  ]);
}

/**
 * Keeps blobs from being collected while an ingest lives. In the transaction that found them: one
 * before it could be too early, one after it too late [D3].
 */
export async function pinBlobs(
  tx: WriteTx<"pins">,
  uid: IngestUid,
  pin: number,
  digests: readonly Digest[],
): Promise<void> {
  if (digests.length > 0) await tx.objectStore("pins").put({ digests, manifest: null }, [uid, pin]);
}

/** Lets go of what an ingest pinned: a version holds it by now, or nothing needs it. */
export async function deletePins(tx: WriteTx<"pins">, uid: IngestUid): Promise<void> {
  await tx.objectStore("pins").delete(IDBKeyRange.bound([uid], [uid, []]));
}

/** A pack that holds one blob alone. */
export function packOfOne(digest: Digest, sizeBytes: number, parts: number): PackRecord {
  return { digests: [digest], offsets: [0], sizes: [sizeBytes], parts };
}

// In IndexedDB's key order an array follows every number, so `[]` closes a range over numbers.
function allParts(key: PackKey): IDBKeyRange {
  return IDBKeyRange.bound([...key], [...key, []]);
}

async function isCommitted(tx: LookupTx, uid: IngestUid): Promise<boolean> {
  return (await tx.objectStore("ingests").get(uid))?.state === "committed";
}
