// Brings a blob that is not here from the remote, and keeps it once it is checked [U5].
import { CairnError, isCairnError } from "../../core/errors.ts";
import type { FileEntry } from "../../core/manifest.ts";
import { addTotals } from "../../store/counters.ts";
import { findPackKey, packOfOne } from "../../store/packs.ts";
import { forgetCorrupt } from "../../store/quarantine.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/**
 * Fetches, checks and stores a blob.
 *
 * @param why what is known of the copy here
 * @throws CairnError `blob_missing` or `digest_mismatch` when no other copy can be had, `remote_failed`
 */
export async function fetchMissing(
  ctx: Ctx,
  entry: FileEntry,
  why: "missing" | "corrupt",
  signal: AbortSignal,
): Promise<void> {
  const { digest, path, size } = entry;
  const blob = await fetchBlob(ctx, entry, signal);
  if (blob === null) {
    if (why === "corrupt") throw new CairnError("digest_mismatch", { digest, path });
    const lastKnown = (await ctx.remote?.lastKnown(digest)) ?? null;
    throw new CairnError("blob_missing", { digest, path, lastKnown });
  }
  const isRight =
    blob.size === size && (await ctx.pool.hashBlob(blob, () => undefined, signal)) === digest;
  if (!isRight) {
    const reason = `it sent other bytes than those of “${path}”`;
    throw new CairnError("remote_failed", { remote: ctx.remote?.label ?? "", reason });
  }
  await keep(ctx, entry, ctx.storesBlobs ? blob : await blob.arrayBuffer());
}

async function fetchBlob(
  { remote }: Ctx,
  { digest, size }: FileEntry,
  signal: AbortSignal,
): Promise<Blob | null> {
  if (remote === null) return null;
  try {
    const stream = await remote.fetchBlob(digest, size, signal);
    // Through a Response the browser may spill to disk what it gathers.
    return stream === null ? null : await new Response(stream).blob();
  } catch (error) {
    if (signal.aborted || isCairnError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError("remote_failed", { remote: remote.label, reason }, { cause: error });
  }
}

/** Stores the blob as a committed pack of its own, in place of a corrupt copy where there was one. */
async function keep(
  ctx: Ctx,
  { digest, size }: FileEntry,
  bytes: Blob | ArrayBuffer,
): Promise<void> {
  const uid = ctx.newUid<"Ingest">();
  const stores = ["ingests", "packs", "packBytes", "quarantine", "totals"] as const;
  await withWrite(ctx.db, [...stores], async (tx) => {
    if ((await findPackKey(tx, digest)) !== undefined) return;
    await tx.objectStore("packBytes").put(bytes, [uid, 0, 0]);
    await tx.objectStore("packs").put(packOfOne(digest, size, 1), [uid, 0]);
    await tx.objectStore("ingests").put({ uid, state: "committed", openedAt: ctx.now() });
    await forgetCorrupt(tx, digest);
    await addTotals(tx, { versions: 0, sizeBytes: 0, storedBytes: size });
  });
}
