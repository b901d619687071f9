// Finds a blob's bytes and checks them against their digest before anybody gets them [U4].
import { CairnError } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { FileEntry } from "../../core/manifest.ts";
import type { Fetching } from "../../protocol/downloads.ts";
import { findPackKey, readPackBytes } from "../../store/packs.ts";
import type { PackKey, PackRecord } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import { isIntact, joinParts, sha256IfIntact, sliceOf, type Content } from "../care/content.ts";
import { quarantine } from "../care/quarantine.ts";
import { collectSoon } from "../collect-soon.ts";
import type { Ctx } from "../context.ts";
import { fetchMissing } from "./fetch-missing.ts";

/** Packs kept at hand: files that lie together are read together. */
const CACHED_PACKS = 8;

interface LoadedPack {
  readonly key: PackKey;
  readonly record: PackRecord;
  /** A pack of small files is in memory as it is stored; reading slices of a Blob would cost a message each. */
  readonly bytes: Content;
}

export interface BlobSource {
  /**
   * The bytes of an entry, checked. A blob that fails is taken out of the index, so that adding the
   * file again stores a good copy. One that is missing is fetched from the remote, where there is one [U5].
   *
   * @throws CairnError `blob_missing`, `digest_mismatch`, `remote_failed`, `aborted`
   */
  open(entry: FileEntry, signal: AbortSignal): Promise<Content>;
  /** SHA-256 of an entry's bytes as 64 hex characters; they are checked in the same reading. Throws as {@link BlobSource.open}. */
  sha256(entry: FileEntry, signal: AbortSignal): Promise<string>;
  /** As {@link BlobSource.open}, not read and so not checked: for a look into a file of any size. */
  peek(entry: FileEntry, signal: AbortSignal): Promise<Content>;
}

/**
 * Makes a source with an empty cache; make one for each download.
 *
 * @param onFetch told how far the bytes are that come from a remote
 */
export function createBlobSource(
  ctx: Ctx,
  onFetch: (fetching: Fetching) => void = () => undefined,
): BlobSource {
  const cache: LoadedPack[] = [];
  const where = new Map<Digest, LoadedPack>();

  async function load(entry: FileEntry, signal: AbortSignal): Promise<LoadedPack> {
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
          return isBad ? "corrupt" : "missing";
        }
        return { key, record, parts: await readPackBytes(tx, key) };
      },
    );
    if (typeof found === "string") {
      await fetchMissing(ctx, entry, found, signal, onFetch);
      return load(entry, signal);
    }
    const pack = { key: found.key, record: found.record, bytes: joinParts(found.parts) };
    if (!(pack.bytes instanceof Blob)) collectSoon(pack.bytes.byteLength);
    cache.push(pack);
    for (const digest of pack.record.digests) where.set(digest, pack);
    if (cache.length > CACHED_PACKS)
      for (const digest of cache.shift()?.record.digests ?? []) where.delete(digest);
    return pack;
  }

  function contentOf(pack: LoadedPack, entry: FileEntry): Content {
    const at = pack.record.digests.indexOf(entry.digest);
    return sliceOf(pack.bytes, pack.record.offsets[at] ?? 0, pack.record.sizes[at] ?? 0);
  }

  /** What a check makes of an entry's bytes; `null` from it says that they are others. */
  async function checked<T>(
    entry: FileEntry,
    signal: AbortSignal,
    check: (content: Content, expected: { digest: Digest; sizeBytes: number }) => Promise<T | null>,
  ): Promise<T> {
    const pack = await load(entry, signal);
    const { digest, size: sizeBytes, path } = entry;
    const found = await check(contentOf(pack, entry), { digest, sizeBytes });
    if (found !== null) return found;
    for (const packed of pack.record.digests) where.delete(packed);
    await quarantine(ctx, digest, pack.key);
    throw new CairnError("digest_mismatch", { digest, path });
  }

  return {
    peek: async (entry, signal) => contentOf(await load(entry, signal), entry),
    open: (entry, signal) =>
      checked(entry, signal, async (content, expected) =>
        (await isIntact(ctx, content, expected, signal, () => undefined)) ? content : null,
      ),
    sha256: (entry, signal) =>
      checked(entry, signal, (content, expected) => sha256IfIntact(ctx, content, expected, signal)),
  };
}
