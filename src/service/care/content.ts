// Bytes as they come out of a pack: small ones in memory, large ones behind a handle.
import type { Digest } from "../../core/digest.ts";
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
  expected: { readonly digest: Digest; readonly sizeBytes: number },
  signal: AbortSignal,
  onBytes: (doneBytes: number) => void,
): Promise<boolean> {
  if (signal.aborted) throw new CairnError("aborted", {});
  const size = content instanceof Blob ? content.size : content.byteLength;
  if (size !== expected.sizeBytes) return false;
  try {
    // A Blob of any size goes to a worker: reading one in a single call can hang when its file was cut.
    const digest =
      content instanceof Blob
        ? await ctx.pool.hashBlob(content, onBytes, signal)
        : ctx.hasher.hashBytes(content);
    return digest === expected.digest;
  } catch (error) {
    if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
    if (error instanceof Error && error.name === "NotFoundError") return false;
    throw storageErrorOf(error);
  }
}
