// Closes the holes in a pack of small files by writing it anew, in one transaction.
import type { Digest } from "../../core/digest.ts";
import { addTotals } from "../../store/counters.ts";
import { readPackBytes } from "../../store/packs.ts";
import type { Database, PackKey, PackRecord } from "../../store/schema.ts";
import { withWrite, type WriteTx } from "../../store/transaction.ts";

type RewriteTx = WriteTx<"packs" | "packBytes" | "quarantine" | "totals">;

/** Rewrites a pack without its holes and answers the bytes freed. */
export function rewritePack(db: Database, key: PackKey): Promise<number> {
  return withWrite(db, ["packs", "packBytes", "quarantine", "totals"], async (tx) => {
    const pack = await tx.objectStore("packs").get([...key]);
    const [bytes, ...more] = await readPackBytes(tx, key);
    // Large files lie alone: their packs go whole, or stay.
    if (pack?.holeBytes === undefined || !(bytes instanceof ArrayBuffer) || more.length > 0)
      return 0;
    const packed = await closeHoles(tx, key, pack, new Uint8Array(bytes));
    await tx.objectStore("packBytes").put(packed.buffer, [key[0], key[1], 0]);
    const freedBytes = bytes.byteLength - packed.byteLength;
    await addTotals(tx, { versions: 0, sizeBytes: 0, storedBytes: -freedBytes });
    return freedBytes;
  });
}

/** Moves the blobs, and corrupt bytes still kept, together. Answers the new bytes. */
async function closeHoles(
  tx: RewriteTx,
  key: PackKey,
  pack: PackRecord,
  source: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const quarantined = (await tx.objectStore("quarantine").getAll()).filter(
    (row) => row.pack[0] === key[0] && row.pack[1] === key[1],
  );
  const pieces: Uint8Array[] = [];
  let length = 0;
  const move = (offset: number, size: number): number => {
    pieces.push(source.subarray(offset, offset + size));
    length += size;
    return length - size;
  };
  const offsets = pack.digests.map((_: Digest, i) =>
    move(pack.offsets[i] ?? 0, pack.sizes[i] ?? 0),
  );
  for (const row of quarantined)
    await tx.objectStore("quarantine").put({ ...row, offset: move(row.offset, row.sizeBytes) });
  const { digests, sizes, parts } = pack;
  await tx.objectStore("packs").put({ digests, offsets, sizes, parts }, [...key]);
  const packed = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    packed.set(piece, at);
    at += piece.byteLength;
  }
  return packed;
}
