// Stages large files: put into the store first, which copies inside the browser, then hashed from there.
// What is hashed is what is stored, and the stored copy reads faster than the file it came from.
import type { Digest } from "../../core/digest.ts";
import { isCairnError } from "../../core/errors.ts";
import type { StageRequest } from "../../protocol/ingest.ts";
import { deletePack, findPackKey, packOfOne, pinBlobs, readPackBytes } from "../../store/packs.ts";
import { withRead, withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { failureOf } from "../hash-files.ts";
import { addPack, markActive, markFailed, markStaged, type Ingest } from "./ingest.ts";
import { readProblem } from "./stage-small.ts";
import { putBytes } from "./put-bytes.ts";

/** Waits before a put is tried again: Chromium refuses blobs for a moment when many arrive at once. */
const RETRY_DELAYS_MS = [100, 400, 1600];

interface PutFile {
  readonly request: StageRequest;
  readonly pack: number;
}

/** Stores and hashes the files, and marks each staged or failed. Throws only when storing fails. */
export async function stageLarge(
  ctx: Ctx,
  ingest: Ingest,
  requests: readonly StageRequest[],
): Promise<void> {
  for (const { id } of requests) markActive(ingest, { id, phase: "storing", doneBytes: 0 });
  const puts = requests.map((request) => ({ request, pack: ingest.nextPack++ }));
  try {
    const stored = await putAll(ctx, ingest, puts);
    // All are waited for: one that fails must not leave the others at work behind it.
    const outcomes = await Promise.allSettled(stored.map((put) => hashStored(ctx, ingest, put)));
    const broken = outcomes.find((outcome) => outcome.status === "rejected");
    if (broken !== undefined) throw broken.reason;
    const files = outcomes.map((outcome) =>
      outcome.status === "fulfilled" ? outcome.value : null,
    );
    const hashed = files.filter((file) => file !== null);
    await ingest.inTurn(() => enterAll(ctx, ingest, hashed));
    for (const { request, digest } of hashed)
      markStaged(ingest, request.id, { digest, sizeBytes: request.sizeBytes });
  } catch (error) {
    // What was put is put anew when the files are tried again: a second copy would fill a full disk.
    const orphans = puts.filter(({ pack }) => !ingest.packs.has(pack));
    await dropPacks(ctx, ingest, orphans).catch(() => undefined);
    throw error;
  }
}

async function dropPacks(ctx: Ctx, ingest: Ingest, puts: readonly PutFile[]): Promise<void> {
  await withWrite(ctx.db, ["packs", "packBytes"], async (tx) => {
    for (const { pack } of puts) await deletePack(tx, [ingest.uid, pack]);
  });
}

/** Puts all in one transaction; when that fails, each in its own, to find the file that is at fault. */
async function putAll(
  ctx: Ctx,
  ingest: Ingest,
  puts: readonly PutFile[],
): Promise<readonly PutFile[]> {
  if (puts.length > 1) {
    try {
      await putTogether(ctx, ingest, puts);
      return puts;
    } catch (error) {
      if (!isRetried(error)) throw error;
    }
  }
  const done: PutFile[] = [];
  for (const put of puts) if (await putAlone(ctx, ingest, put)) done.push(put);
  return done;
}

/** Puts one file, with patience. Answers false, the file marked failed, when the file itself is the problem. */
async function putAlone(ctx: Ctx, ingest: Ingest, put: PutFile): Promise<boolean> {
  for (const delay of [...RETRY_DELAYS_MS, null]) {
    try {
      await putTogether(ctx, ingest, [put]);
      return true;
    } catch (error) {
      if (!isRetried(error)) throw error;
      const problem = await findReadProblem(put.request);
      if (problem !== null) {
        markFailed(ingest, put.request, problem);
        return false;
      }
      if (delay === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
      ingest.abort.signal.throwIfAborted();
    }
  }
  return false;
}

async function putTogether(ctx: Ctx, ingest: Ingest, puts: readonly PutFile[]): Promise<void> {
  if (!ctx.storesBlobs) {
    for (const { request, pack } of puts) await putBytes(ctx, ingest, request.file, pack);
    return;
  }
  await withWrite(
    ctx.db,
    ["packBytes"],
    async (tx) => {
      const store = tx.objectStore("packBytes");
      await Promise.all(
        puts.map(({ request, pack }) => store.put(request.file, [ingest.uid, pack, 0])),
      );
    },
    ingest.abort.signal,
  );
}

interface HashedPut extends PutFile {
  readonly digest: Digest;
  readonly parts: number;
}

/** Hashes the stored copy. Answers null, the file marked failed, when the copy is not the whole file. */
async function hashStored(ctx: Ctx, ingest: Ingest, put: PutFile): Promise<HashedPut | null> {
  const { id, path, sizeBytes } = put.request;
  const parts = await withRead(ctx.db, ["packBytes"], (tx) =>
    readPackBytes(tx, [ingest.uid, put.pack]),
  );
  const copy = new Blob([...parts]);
  // A file deleted after the drop is stored as an empty one, without an error.
  if (copy.size !== sizeBytes) {
    await withWrite(ctx.db, ["packs", "packBytes"], (tx) => deletePack(tx, [ingest.uid, put.pack]));
    markFailed(ingest, put.request, { code: "file_changed", data: { path } });
    return null;
  }
  const onProgress = (doneBytes: number): void =>
    markActive(ingest, { id, phase: "hashing", doneBytes });
  let digest: Digest;
  try {
    digest = await ctx.pool.hashBlob(copy, onProgress, ingest.abort.signal);
  } catch (error) {
    if (ingest.abort.signal.aborted || isCairnError(error)) throw error;
    // The stored copy can't be read back: no better than a file that can't be read.
    await dropPacks(ctx, ingest, [put]);
    markFailed(ingest, put.request, readProblem(path, { failed: "unreadable" }));
    return null;
  }
  markActive(ingest, { id, phase: "hashing", doneBytes: sizeBytes });
  return { ...put, digest, parts: parts.length };
}

/** Enters the files in the index in one transaction, and drops those whose blobs are known already. */
async function enterAll(ctx: Ctx, ingest: Ingest, files: readonly HashedPut[]): Promise<void> {
  const pin = ingest.nextPin++;
  const entered = await withWrite(
    ctx.db,
    ["packs", "packBytes", "ingests", "pins"],
    async (tx) => {
      const fresh = new Map<Digest, HashedPut>();
      const stored: Digest[] = [];
      for (const file of files) {
        const isOwn = fresh.has(file.digest) || ingest.own.has(file.digest);
        const isStored = !isOwn && (await findPackKey(tx, file.digest)) !== undefined;
        if (isStored) stored.push(file.digest);
        if (isOwn || isStored) await deletePack(tx, [ingest.uid, file.pack]);
        else fresh.set(file.digest, file);
      }
      await pinBlobs(tx, ingest.uid, pin, stored);
      for (const { digest, request, parts, pack } of fresh.values())
        await tx
          .objectStore("packs")
          .put(packOfOne(digest, request.sizeBytes, parts), [ingest.uid, pack]);
      return fresh;
    },
    ingest.abort.signal,
  );
  for (const { pack, digest } of entered.values()) addPack(ingest, pack, [digest]);
}

/** A put that failed for a reason that may lie in the file, or pass. */
function isRetried(error: unknown): boolean {
  return isCairnError(error, "storage_failed") || isCairnError(error, "file_unreadable");
}

/** Tells a file that can't be read from a store that can't be written. */
export async function findReadProblem(
  request: StageRequest,
): Promise<ReturnType<typeof readProblem> | null> {
  if (request.file.size !== request.sizeBytes)
    return { code: "file_changed", data: { path: request.path } };
  try {
    await request.file.slice(0, 1).arrayBuffer();
    return null;
  } catch (error) {
    return readProblem(request.path, { failed: failureOf(error) });
  }
}
