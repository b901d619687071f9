// The digest Trackio gives to a version's files [M2].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import { entriesOf, filesOf, isReference, type FileEntry } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import { trackioText } from "../../core/trackio.ts";
import { getManifest, getVersionOf } from "../../store/artifacts.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { createBlobSource } from "../download/blob-source.ts";
import { inLanes } from "./lanes.ts";

/** Files and bytes between two writes of what was computed: cancelling loses no more than this. */
const KEEP_FILES = 500;
const KEEP_BYTES = 256 * 1024 * 1024;

/**
 * Computes the SHA-256 of each file where unknown, keeps it, and answers Trackio's digest as 64 hex
 * characters. Bytes are checked against their own digest before, so that a corrupt blob is never kept as another.
 *
 * @throws CairnError `aborted`, `not_found`, `in_trash`, `blob_missing`, `digest_mismatch`, storage errors
 */
export async function trackioDigest(
  ctx: Ctx,
  version: VersionRef,
  signal: AbortSignal,
): Promise<string> {
  const manifest = await withRead(
    ctx.db,
    ["artifacts", "versions", "deletedVersions", "manifests"],
    async (tx) => getManifest(tx, (await getVersionOf(tx, version)).version.digest),
  );
  try {
    const sha256s = await sha256sOf(ctx, [...filesOf(manifest)], signal);
    const entries = [...entriesOf(manifest)].map((entry) =>
      isReference(entry) ? entry : { ...entry, digest: sha256s.get(entry.digest) ?? "" },
    );
    return await ctx.hasher.sha256(trackioText(entries));
  } catch (error) {
    throw signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
  }
}

/** SHA-256 by BLAKE3: those kept, and the others computed and kept. */
async function sha256sOf(
  ctx: Ctx,
  files: readonly FileEntry[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Digest, string>> {
  const byDigest = new Map(files.map((file) => [file.digest, file]));
  const found = await keptSha256s(ctx.db, [...byDigest.keys()]);
  const unknown = [...byDigest.values()].filter(({ digest }) => !found.has(digest));
  const source = createBlobSource(ctx);
  for (const group of grouped(unknown)) {
    const computed = new Map<Digest, string>();
    await inLanes(ctx.pool.size, group, async (file) => {
      const content = await source.open(file, signal);
      const sha256 =
        content instanceof Blob
          ? await ctx.pool.sha256Blob(content, signal)
          : await ctx.hasher.sha256([content]);
      computed.set(file.digest, sha256);
      found.set(file.digest, sha256);
    });
    await withWrite(ctx.db, ["sha256s"], async (tx) => {
      for (const [digest, sha256] of computed) await tx.objectStore("sha256s").put(sha256, digest);
    });
  }
  return found;
}

function keptSha256s(db: Database, digests: readonly Digest[]): Promise<Map<Digest, string>> {
  return withRead(db, ["sha256s"], async (tx) => {
    const store = tx.objectStore("sha256s");
    const kept = await Promise.all(digests.map((digest) => store.get(digest)));
    const found = new Map<Digest, string>();
    for (const [i, digest] of digests.entries()) {
      const sha256 = kept[i];
      if (sha256 !== undefined) found.set(digest, sha256);
    }
    return found;
  });
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
