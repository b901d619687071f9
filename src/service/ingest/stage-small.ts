// Stages a group of small files: read and hashed together, kept in one pack.
import type { Digest } from "../../core/digest.ts";
import type { Problem } from "../../core/errors.ts";
import type { HashedFile, HashedGroup, ReadFailure } from "../../protocol/hash-api.ts";
import type { StageRequest } from "../../protocol/ingest.ts";
import { findStored, pinBlobs } from "../../store/packs.ts";
import type { PackRecord } from "../../store/schema.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { addPack, markFailed, markStaged, type Ingest } from "./ingest.ts";

/** Reads, hashes and stores the files, and marks each staged or failed. Throws only when storing fails. */
export async function stageSmall(
  ctx: Ctx,
  ingest: Ingest,
  requests: readonly StageRequest[],
): Promise<void> {
  const group = await ctx.pool.readAndHash(
    requests.map(({ file, sizeBytes }) => ({ file, sizeBytes })),
  );
  ingest.abort.signal.throwIfAborted();
  await ingest.inTurn(() => storeNew(ctx, ingest, group));
  requests.forEach((request, i) => {
    const result = group.files[i];
    if (result === undefined || "failed" in result)
      markFailed(ingest, request, readProblem(request.path, result));
    else markStaged(ingest, request.id, result);
  });
}

/** The problem of a file that could not be read. */
export function readProblem(path: string, failure: ReadFailure | undefined): Problem {
  if (failure?.failed === "changed") return { code: "file_changed", data: { path } };
  const reason =
    "the browser was refused; it may have changed since it was added, or its permissions forbid reading";
  return { code: "file_unreadable", data: { path, reason } };
}

/**
 * Writes one pack with those blobs of the group that neither the store nor this ingest holds yet, and
 * pins those the store does hold.
 */
async function storeNew(ctx: Ctx, ingest: Ingest, group: HashedGroup): Promise<void> {
  const hashed = group.files.filter((file): file is HashedFile => !("failed" in file));
  const unknown = hashed.map((file) => file.digest).filter((digest) => !ingest.own.has(digest));
  if (unknown.length === 0) return;
  const number = ingest.nextPack++;
  const pin = ingest.nextPin++;
  const pack = await withWrite(
    ctx.db,
    ["packs", "packBytes", "ingests", "pins"],
    async (tx) => {
      const stored = await findStored(tx, unknown);
      await pinBlobs(tx, ingest.uid, pin, [...stored]);
      const built = buildPack(
        hashed,
        new Uint8Array(group.bytes),
        (digest) => stored.has(digest) || ingest.own.has(digest),
      );
      if (built.pack.digests.length === 0) return null;
      await tx.objectStore("packBytes").put(built.bytes, [ingest.uid, number, 0]);
      await tx.objectStore("packs").put(built.pack, [ingest.uid, number]);
      return built.pack;
    },
    ingest.abort.signal,
  );
  if (pack !== null) addPack(ingest, number, pack.digests);
}

/** Lays the wanted blobs end to end, each once. */
function buildPack(
  files: readonly HashedFile[],
  source: Uint8Array<ArrayBuffer>,
  isKnown: (digest: Digest) => boolean,
): { readonly pack: PackRecord; readonly bytes: ArrayBuffer } {
  const digests: Digest[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  const taken = new Set<Digest>();
  let from = 0;
  let length = 0;
  for (const { digest, sizeBytes } of files) {
    if (!taken.has(digest) && !isKnown(digest)) {
      taken.add(digest);
      digests.push(digest);
      offsets.push(length);
      sizes.push(sizeBytes);
      // Moves bytes down over what was left out; a no-op while nothing was.
      if (from !== length) source.copyWithin(length, from, from + sizeBytes);
      length += sizeBytes;
    }
    from += sizeBytes;
  }
  const bytes = length === source.byteLength ? source.buffer : source.buffer.slice(0, length);
  return { pack: { digests, offsets, sizes, parts: 1 }, bytes };
}
