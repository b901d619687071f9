// The end of an ingest inside the commit's transaction: its packs become part of the store, all at once.
import type { Digest } from "../../core/digest.ts";
import { isReference } from "../../core/manifest.ts";
import { deleteIngest, deletePack, deletePins, findPackKey } from "../../store/packs.ts";
import { forgetCorrupt } from "../../store/quarantine.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { DraftManifest } from "../log/draft-manifest.ts";
import type { Ingest } from "./ingest.ts";

type SealTx = WriteTx<"ingests" | "packs" | "packBytes" | "pins" | "quarantine">;

/**
 * Keeps the packs that are needed and drops the others.
 *
 * @param isKnown a version holds this content already: only good copies of corrupt blobs are needed
 * @returns bytes that the store grew by
 */
export async function sealIngest(
  ctx: Ctx,
  tx: SealTx,
  ingest: Ingest,
  content: DraftManifest,
  isKnown: boolean,
): Promise<number> {
  const corrupt = new Set(await tx.objectStore("quarantine").getAllKeys());
  const digests = content.entries
    .flatMap((entry) => (isReference(entry) ? [] : [entry.digest]))
    .filter((digest) => ingest.own.has(digest));
  const needed = new Set(isKnown ? digests.filter((digest) => corrupt.has(digest)) : digests);
  if (needed.size === 0) {
    await deleteIngest(tx, ingest.uid);
    return 0;
  }
  const numbers = Array.from({ length: ingest.nextPack }, (_, number) => number);
  const sizes = await Promise.all(numbers.map((number) => sealPack(tx, ingest, number, needed)));
  // A blob found corrupt earlier is whole again with the good copy that was just kept.
  for (const digest of needed) if (corrupt.has(digest)) await forgetCorrupt(tx, digest);
  await deletePins(tx, ingest.uid);
  await tx.objectStore("ingests").put({ uid: ingest.uid, state: "committed", openedAt: ctx.now() });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Keeps a pack that is needed, and answers its size; drops it otherwise, and answers 0. */
async function sealPack(
  tx: SealTx,
  ingest: Ingest,
  number: number,
  needed: ReadonlySet<Digest>,
): Promise<number> {
  const digests = ingest.packs.get(number)?.filter((digest) => needed.has(digest)) ?? [];
  if (digests.length > 0 && !(await isStoredMeanwhile(tx, ingest, number, digests)))
    return packSize(tx, ingest, number);
  await deletePack(tx, [ingest.uid, number]);
  return 0;
}

/**
 * Whether another tab committed the same large file since it was staged. Packs of small files are
 * kept even so: the few doubled bytes are not worth a look-up for each file inside the commit.
 */
async function isStoredMeanwhile(
  tx: SealTx,
  ingest: Ingest,
  number: number,
  digests: readonly Digest[],
): Promise<boolean> {
  const [digest, ...more] = digests;
  if (digest === undefined || more.length > 0 || ingest.packs.get(number)?.length !== 1)
    return false;
  return (await findPackKey(tx, digest)) !== undefined;
}

async function packSize(tx: SealTx, ingest: Ingest, number: number): Promise<number> {
  const pack = await tx.objectStore("packs").get([ingest.uid, number]);
  return pack?.sizes.reduce((sum, size) => sum + size, 0) ?? 0;
}
