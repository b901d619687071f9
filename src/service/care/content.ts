// Bytes as they come out of a pack: small ones in memory, large ones behind a handle.
import type { Digest, Digests } from "../../core/digest.ts";
import { CairnError } from "../../core/errors.ts";
import { storageErrorOf } from "../../store/storage-error.ts";
import type { Ctx } from "../context.ts";

export type Content = Blob | Uint8Array<ArrayBuffer>;

/** The whole of a pack from its stored parts. */
export function joinParts(parts: readonly (Blob | ArrayBuffer)[]): Content {
  const [only, ...more] = parts;
  if (only === undefined || more.length > 0) return new Blob([...parts]);
  return only instanceof Blob ? only : new Uint8Array(only);
}

/** Some of the bytes, without copying them; fewer where there are fewer. */
export function sliceOf(content: Content, from: number, size: number): Content {
  return content instanceof Blob
    ? content.slice(from, from + size)
    : content.subarray(from, from + size);
}

/**
 * Whether the bytes are those of a digest. Bytes that are gone are not: their file was cut or deleted.
 *
 * @param onBytes told the bytes hashed so far of a Blob, at most ten times a second
 * @throws CairnError `aborted`; `storage_failed` when they can't be read, which may pass
 */
export async function isIntact(
  ctx: Ctx,
  content: Content,
  expected: Expected,
  signal: AbortSignal,
  onBytes: (doneBytes: number) => void,
): Promise<boolean> {
  // A Blob of any size goes to a worker: reading one in a single call can hang when its file was cut.
  const digest = await whereReadable(content, expected, signal, () =>
    content instanceof Blob
      ? ctx.pool.hashBlob(content, onBytes, signal)
      : ctx.hasher.hashBytes(content),
  );
  return digest === expected.digest;
}

/**
 * SHA-256 of bytes as 64 hex characters, worked out while they are checked as {@link isIntact} does;
 * `null` where they are not those of the digest.
 *
 * @throws CairnError as {@link isIntact}
 */
export async function sha256IfIntact(
  ctx: Ctx,
  content: Content,
  expected: Expected,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await whereReadable(content, expected, signal, () =>
    digestsOf(ctx, content, signal),
  );
  return found?.digest === expected.digest ? found.sha256 : null;
}

/** Blobs from this size on are read by two workers side by side: of one large file, else, a worker would have nothing to do. */
const SIDE_BY_SIDE_BYTES = 64 << 20;

async function digestsOf(
  { hasher, pool }: Ctx,
  content: Content,
  signal: AbortSignal,
): Promise<Digests> {
  if (!(content instanceof Blob))
    return { digest: hasher.hashBytes(content), sha256: await hasher.sha256([content]) };
  if (content.size < SIDE_BY_SIDE_BYTES) return pool.digestsOfBlob(content, signal);
  const [digest, sha256] = await Promise.all([
    pool.hashBlob(content, () => undefined, signal),
    pool.sha256Blob(content, signal),
  ]);
  return { digest, sha256 };
}

interface Expected {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** What a reading gives; `null` for bytes of another size, or that are gone. */
async function whereReadable<T>(
  content: Content,
  { sizeBytes }: Expected,
  signal: AbortSignal,
  read: () => T | Promise<T>,
): Promise<T | null> {
  if (signal.aborted) throw new CairnError("aborted", {});
  const size = content instanceof Blob ? content.size : content.byteLength;
  if (size !== sizeBytes) return null;
  try {
    return await read();
  } catch (error) {
    if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
    if (error instanceof Error && error.name === "NotFoundError") return null;
    throw storageErrorOf(error);
  }
}
