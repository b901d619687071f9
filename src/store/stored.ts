// Which of many blobs are in this browser.
import type { Digest } from "../core/digest.ts";
import { DigestSet } from "../core/digest-set.ts";
import { eachBatch } from "./batches.ts";
import { findStored } from "./packs.ts";
import type { ReadTx } from "./transaction.ts";

/** From so many on, one walk over all packs takes less than asking for each. */
const MANY = 2_000;

/** Those of the blobs that are stored. */
export async function storedOf(
  tx: ReadTx<"packs" | "ingests">,
  digests: readonly Digest[],
): Promise<ReadonlySet<Digest>> {
  if (digests.length < MANY) return findStored(tx, digests);
  const asked = new DigestSet();
  for (const digest of digests) asked.add(digest);
  return new Set((await storedAmong(tx, asked)).keys());
}

/** Those of the blobs that lie in committed packs, with their sizes in bytes. */
export async function storedAmong(
  tx: ReadTx<"packs" | "ingests">,
  digests: DigestSet,
): Promise<ReadonlyMap<Digest, number>> {
  const ingests = await tx.objectStore("ingests").getAll();
  const committed = new Set(
    ingests.filter(({ state }) => state === "committed").map(({ uid }) => uid),
  );
  const stored = new Map<Digest, number>();
  for await (const { keys, values } of eachBatch(tx, "packs"))
    for (const [i, pack] of values.entries()) {
      const ingest = keys[i]?.[0];
      if (ingest === undefined || !committed.has(ingest)) continue;
      for (const [at, digest] of pack.digests.entries())
        if (digests.has(digest)) stored.set(digest, pack.sizes[at] ?? 0);
    }
  return stored;
}
