// Finds a blob's bytes and checks them against their digest before anybody gets them [U4].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { ManifestEntry } from "../../core/manifest.ts";
import { findPackKey, readPackBytes } from "../../store/packs.ts";
import { storageErrorOf } from "../../store/storage-error.ts";
import type { PackKey, PackRecord } from "../../store/schema.ts";
import { withRead, withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** Below this a blob is hashed here; a message to a hash worker would take longer. */
const INLINE_BYTES = 256 * 1024;
/** Packs kept at hand: files that lie together are read together. */
const CACHED_PACKS = 8;

interface LoadedPack {
  readonly key: PackKey;
  readonly record: PackRecord;
  /** A pack of small files is in memory as it is stored; reading slices of a Blob would cost a message each. */
  readonly bytes: Blob | Uint8Array<ArrayBuffer>;
}

/** A blob's content: small ones as bytes, large ones as a handle. */
export type Content = Blob | Uint8Array<ArrayBuffer>;

export interface BlobSource {
  /**
   * The bytes of an entry, checked. A blob that fails is taken out of the index, so that adding the
   * file again stores a good copy.
   *
   * @throws CairnError `blob_missing`, `digest_mismatch`, `aborted`
   */
  open(entry: ManifestEntry, signal: AbortSignal): Promise<Content>;
}

/** Makes a source with an empty cache; make one for each download. */
export function createBlobSource(ctx: Ctx): BlobSource {
  const cache: LoadedPack[] = [];
  const where = new Map<Digest, LoadedPack>();

  async function load(entry: ManifestEntry): Promise<LoadedPack> {
    const cached = where.get(entry.digest);
    if (cached !== undefined) return cached;
    const found = await withRead(
      ctx.db,
      ["packs", "ingests", "packBytes", "quarantine"],
      async (tx) => {
        const key = await findPackKey(tx, entry.digest);
        const record = key === undefined ? undefined : await tx.objectStore("packs").get([...key]);
        if (key === undefined || record === undefined) {
          const isBad = (await tx.objectStore("quarantine").get(entry.digest)) !== undefined;
          throw new CairnError(isBad ? "digest_mismatch" : "blob_missing", {
            digest: entry.digest,
            path: entry.path,
          });
        }
        return { key, record, parts: await readPackBytes(tx, key) };
      },
    );
    const pack = { key: found.key, record: found.record, bytes: joined(found.parts) };
    cache.push(pack);
    for (const digest of pack.record.digests) where.set(digest, pack);
    if (cache.length > CACHED_PACKS)
      for (const digest of cache.shift()?.record.digests ?? []) where.delete(digest);
    return pack;
  }

  return {
    async open(entry, signal) {
      const pack = await load(entry);
      const at = pack.record.digests.indexOf(entry.digest);
      const from = pack.record.offsets[at] ?? 0;
      const to = from + (pack.record.sizes[at] ?? 0);
      const content =
        pack.bytes instanceof Blob ? pack.bytes.slice(from, to) : pack.bytes.subarray(from, to);
      if (sizeOf(content) === entry.size && (await digestOf(ctx, content, signal)) === entry.digest)
        return content;
      await quarantine(ctx, entry.digest, pack.key);
      throw new CairnError("digest_mismatch", { digest: entry.digest, path: entry.path });
    },
  };
}

function joined(parts: readonly (Blob | ArrayBuffer)[]): Content {
  const [only, ...more] = parts;
  return only instanceof ArrayBuffer && more.length === 0
    ? new Uint8Array(only)
    : new Blob([...parts]);
}

function sizeOf(content: Content): number {
  return content instanceof Blob ? content.size : content.byteLength;
}

/** Throws `storage_failed` when the browser can't read what it stored. */
async function digestOf(ctx: Ctx, content: Content, signal: AbortSignal): Promise<Digest> {
  signal.throwIfAborted();
  try {
    return await hashContent(ctx, content, signal);
  } catch (error) {
    throw signal.aborted ? error : storageErrorOf(error);
  }
}

async function hashContent(ctx: Ctx, content: Content, signal: AbortSignal): Promise<Digest> {
  if (!(content instanceof Blob)) return ctx.hasher.hashBytes(content);
  if (content.size <= INLINE_BYTES)
    return ctx.hasher.hashBytes(new Uint8Array(await content.arrayBuffer()));
  return ctx.pool.hashBlob(content, () => undefined, signal);
}

/** Takes a blob out of the index; its place is noted, so that nothing is lost for good. */
async function quarantine(ctx: Ctx, digest: Digest, key: PackKey): Promise<void> {
  await withWrite(ctx.db, ["packs", "quarantine"], async (tx) => {
    const pack = await tx.objectStore("packs").get([...key]);
    const at = pack?.digests.indexOf(digest) ?? -1;
    if (pack === undefined || at < 0) return;
    const without = <T>(column: readonly T[]): T[] => column.toSpliced(at, 1);
    await tx.objectStore("packs").put(
      {
        ...pack,
        digests: without(pack.digests),
        offsets: without(pack.offsets),
        sizes: without(pack.sizes),
      },
      [...key],
    );
    const offset = pack.offsets[at] ?? 0;
    const sizeBytes = pack.sizes[at] ?? 0;
    await tx
      .objectStore("quarantine")
      .put({ digest, pack: key, offset, sizeBytes, foundAt: ctx.now() });
  });
}
