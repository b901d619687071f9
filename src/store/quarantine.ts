// Corrupt blobs that were set aside, once a good copy is here.
import type { Digest } from "../core/digest.ts";
import type { WriteTx } from "./transaction.ts";

/** Forgets a corrupt copy; its bytes become a hole in their pack, which collecting closes. */
export async function forgetCorrupt(
  tx: WriteTx<"packs" | "quarantine">,
  digest: Digest,
): Promise<void> {
  const bad = await tx.objectStore("quarantine").get(digest);
  if (bad === undefined) return;
  await tx.objectStore("quarantine").delete(digest);
  const pack = await tx.objectStore("packs").get([...bad.pack]);
  if (pack === undefined) return;
  const holeBytes = (pack.holeBytes ?? 0) + bad.sizeBytes;
  await tx.objectStore("packs").put({ ...pack, holeBytes }, [...bad.pack]);
}
