// Blobs that a remote holds, as far as this browser knows [U5 S2].
import type { Digest } from "../core/digest.ts";
import type { ReadTx } from "./transaction.ts";

/** Those of the digests that some remote is known to hold. Costs nothing where there is no remote. */
export async function findElsewhere(
  tx: ReadTx<"remoteFiles">,
  digests: readonly Digest[],
): Promise<ReadonlySet<Digest>> {
  const store = tx.objectStore("remoteFiles");
  if ((await store.count()) === 0) return new Set();
  const index = store.index("byDigest");
  const keys = await Promise.all(digests.map((digest) => index.getKey(digest)));
  return new Set(digests.filter((_, i) => keys[i] !== undefined));
}
