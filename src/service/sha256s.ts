// SHA-256 of blobs, for those who know bytes by it: Trackio and git LFS. Each is computed once and kept [M1].
import type { Digest } from "../core/digest.ts";
import type { FileEntry } from "../core/manifest.ts";
import type { Database } from "../store/schema.ts";
import { withRead, withWrite, type WriteTx } from "../store/transaction.ts";
import { valuesOf } from "../store/values-of.ts";
import { inLanes } from "./care/lanes.ts";
import type { Ctx } from "./context.ts";
import { createBlobSource, type BlobSource } from "./download/blob-source.ts";

/** Files and bytes between two writes of what was computed: cancelling loses no more than this. */
const KEEP_FILES = 500;
const KEEP_BYTES = 256 * 1024 * 1024;

/**
 * SHA-256 by BLAKE3, as 64 hex characters: those kept, and the others computed and kept. Bytes are
 * checked against their own digest before, so that a corrupt blob is never kept as another.
 *
 * @param options.source for who opens the same files afterwards
 * @param options.onHashed told of each file that was computed
 * @throws CairnError `aborted`, `blob_missing`, `digest_mismatch`, `remote_failed`, storage errors
 */
export async function sha256sOf(
  ctx: Ctx,
  files: readonly FileEntry[],
  signal: AbortSignal,
  options: {
    readonly source?: BlobSource;
    readonly onHashed?: (file: FileEntry, sha256: string) => void;
  } = {},
): Promise<ReadonlyMap<Digest, string>> {
  const byDigest = new Map(files.map((file) => [file.digest, file]));
  const found = await keptSha256s(ctx.db, [...byDigest.keys()]);
  const unknown = [...byDigest.values()].filter(({ digest }) => !found.has(digest));
  const source = options.source ?? createBlobSource(ctx);
  for (const group of grouped(unknown)) {
    const computed = new Map<Digest, string>();
    await inLanes(ctx.pool.size, group, async (file) => {
      const sha256 = await source.sha256(file, signal);
      computed.set(file.digest, sha256);
      found.set(file.digest, sha256);
      options.onHashed?.(file, sha256);
    });
    await withWrite(ctx.db, ["sha256s"], (tx) => keepSha256s(tx, computed));
  }
  return found;
}

/** Those that are kept. */
export function keptSha256s(
  db: Database,
  digests: readonly Digest[],
): Promise<Map<Digest, string>> {
  return withRead(db, ["sha256s"], (tx) => valuesOf(tx.objectStore("sha256s"), digests));
}

/** Keeps what was computed, or found right when it arrived. */
export async function keepSha256s(
  tx: WriteTx<"sha256s">,
  sha256s: ReadonlyMap<Digest, string>,
): Promise<void> {
  const store = tx.objectStore("sha256s");
  await Promise.all(Array.from(sha256s, ([digest, sha256]) => store.put(sha256, digest)));
}

function* grouped(files: readonly FileEntry[]): Generator<readonly FileEntry[]> {
  let group: FileEntry[] = [];
  let bytes = 0;
  for (const file of files) {
    group.push(file);
    bytes += file.size;
    if (group.length < KEEP_FILES && bytes < KEEP_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}
