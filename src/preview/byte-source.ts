// Reads parts of a file. Formats jump about in small steps, so small reads share a few cached blocks.

/** A file whose bytes are read where they are asked for. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to `end`, fewer where the file is shorter. The caller may keep and change them. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

const BLOCK_BYTES = 64 * 1024;
const BLOCKS_KEPT = 32;

/** The bytes of a Blob. */
export function sourceOf(blob: Blob): ByteSource {
  // In the order of their last use.
  const blocks = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  const load = async (start: number, end: number): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer());
  const block = (index: number): Promise<Uint8Array<ArrayBuffer>> => {
    const found =
      blocks.get(index) ??
      load(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES).catch((error: unknown) => {
        blocks.delete(index);
        throw error;
      });
    blocks.delete(index);
    blocks.set(index, found);
    const oldest = blocks.keys().next();
    if (blocks.size > BLOCKS_KEPT && oldest.done === false) blocks.delete(oldest.value);
    return found;
  };
  return {
    size: blob.size,
    read: async (from, to) => {
      const end = clamp(to, blob.size);
      const start = Math.min(clamp(from, blob.size), end);
      if (end - start > BLOCK_BYTES) return load(start, end);
      const bytes = new Uint8Array(end - start);
      for (let at = start; at < end;) {
        const index = Math.floor(at / BLOCK_BYTES);
        const blockStart = index * BLOCK_BYTES;
        const piece = (await block(index)).subarray(at - blockStart, end - blockStart);
        if (piece.length === 0) throw new RangeError("a read came back short");
        bytes.set(piece, at - start);
        at += piece.length;
      }
      return bytes;
    },
  };
}

/** Offsets come from files, which may lie: anything that is no offset becomes the nearest one. */
function clamp(offset: number, size: number): number {
  return Number.isNaN(offset) ? 0 : Math.min(Math.max(0, Math.floor(offset)), size);
}
