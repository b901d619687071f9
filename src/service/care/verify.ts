// Re-reads stored bytes and compares them with their digests, on demand [U4].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { VerifyReport, VerifyScope } from "../../protocol/care-api.ts";
import type { DownloadProgress } from "../../protocol/downloads.ts";
import type { Database } from "../../store/schema.ts";
import type { Ctx } from "../context.ts";
import { checkPack } from "./check-pack.ts";
import { writeCheck } from "./checks.ts";
import {
  addMissing,
  describeDamage,
  missing,
  searchManifests,
  type Ill,
  type Need,
  type Needs,
} from "./damage.ts";
import { inLanes } from "./lanes.ts";
import { Meter } from "./meter.ts";
import { committedPacks } from "./pack-walk.ts";
import { verifyVersion } from "./verify-version.ts";

type OnProgress = (progress: DownloadProgress) => void;

/**
 * Checks every stored blob, or those of a version, and sets aside what is corrupt. Of a version it
 * counts files, of everything the blobs as they are stored.
 *
 * @throws CairnError `aborted`, `not_found`, `in_trash`, storage errors
 */
export async function verify(
  ctx: Ctx,
  scope: VerifyScope,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<VerifyReport> {
  try {
    return scope.kind === "all"
      ? await verifyAll(ctx, onProgress, signal)
      : await verifyVersion(ctx, scope, onProgress, signal);
  } catch (error) {
    throw signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
  }
}

async function verifyAll(
  ctx: Ctx,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const checkedAt = ctx.now();
  const ill = new Map<Digest, Ill>();
  const { stored, total } = await takeStock(ctx.db, signal);
  const meter = new Meter(total, onProgress);
  await inLanes(ctx.pool.size, committedPacks(ctx.db, null), async ({ key, record }) => {
    const onBytes = (doneBytes: number): void => meter.advance(key, doneBytes);
    for (const { digest, sizeBytes, problem } of await checkPack(ctx, key, null, signal, onBytes))
      if (problem !== null) ill.set(digest, { sizeBytes, problem });
    meter.leave(key);
    meter.count(record.digests.length, sumOf(record.sizes));
  });
  const isSuspect = (digest: Digest): boolean => ill.has(digest) || !stored.has(digest);
  const { needs, references } = await searchManifests(ctx.db, isSuspect, signal);
  const suspects = new Map([...needs.values()].flatMap((blobs) => [...blobs]));
  for (const digest of ill.keys()) suspects.delete(digest);
  // Only now is it known that a suspect was not logged since stock was taken.
  const elsewhere = await addMissing(ctx, suspects, ill);
  const damage = (await describeDamage(ctx.db, ill, needs)).filter(
    // A manifest may outlive its versions for a while: nobody misses its blobs.
    ({ problem, hurts }) => problem.code !== "blob_missing" || hurts.length > 0,
  );
  if (!damage.some(({ problem }) => problem.code === "storage_failed"))
    await writeCheck(ctx.db, "all", checkedAt);
  meter.finish();
  return {
    files: meter.files,
    bytes: meter.bytes,
    references,
    damage,
    elsewhere: await neededElsewhere(ctx.db, elsewhere, needs),
    checkedAt,
  };
}

/** How many of the blobs that a remote holds somebody here would miss. */
async function neededElsewhere(
  db: Database,
  elsewhere: ReadonlyMap<Digest, Need>,
  needs: Needs,
): Promise<VerifyReport["elsewhere"]> {
  if (elsewhere.size === 0) return { files: 0, bytes: 0 };
  const asked = new Map<Digest, Ill>();
  for (const [digest, { path, sizeBytes }] of elsewhere)
    asked.set(digest, { sizeBytes, problem: missing(digest, path, null) });
  const needed = (await describeDamage(db, asked, needs)).filter(({ hurts }) => hurts.length > 0);
  return { files: needed.length, bytes: sumOf(needed.map(({ sizeBytes }) => sizeBytes)) };
}

/** What is stored now. */
async function takeStock(
  db: Database,
  signal: AbortSignal,
): Promise<{
  readonly stored: ReadonlySet<Digest>;
  readonly total: { readonly files: number; readonly bytes: number };
}> {
  const stored = new Set<Digest>();
  let files = 0;
  let bytes = 0;
  for await (const { record } of committedPacks(db, null)) {
    signal.throwIfAborted();
    for (const digest of record.digests) stored.add(digest);
    files += record.digests.length;
    bytes += sumOf(record.sizes);
  }
  return { stored, total: { files, bytes } };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
