// What a failing disk does to stored bytes, behind the store's back.
import type { Digest } from "../../src/core/digest.ts";
import type { Database, PackKey } from "../../src/store/schema.ts";

/** The key of the first pack that holds a blob. */
export async function packOf(db: Database, digest: Digest): Promise<PackKey> {
  const key = await db.getKeyFromIndex("packs", "byDigest", digest);
  if (key === undefined) throw new Error(`no pack holds ${digest}`);
  return key;
}

/** Changes the first byte of a blob in a pack, by default the first one that holds it. */
export async function corrupt(db: Database, digest: Digest, pack?: PackKey): Promise<void> {
  const key = pack ?? (await packOf(db, digest));
  const record = await db.get("packs", [...key]);
  const offset = record?.offsets[record.digests.indexOf(digest)] ?? 0;
  const place: [...PackKey, number] = [...key, 0];
  const stored = await db.get("packBytes", place);
  if (stored === undefined) throw new Error("the pack has no bytes");
  const bytes = new Uint8Array(
    stored instanceof Blob ? await stored.arrayBuffer() : stored.slice(0),
  );
  bytes[offset] = (bytes[offset] ?? 0) ^ 0xff;
  await db.put("packBytes", stored instanceof Blob ? new Blob([bytes]) : bytes.buffer, place);
}
