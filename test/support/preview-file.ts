// A file for an opener of previews, which tells what was read of it.
import { sourceOf } from "../../src/preview/byte-source.ts";
import type { PreviewFile } from "../../src/preview/opened.ts";

export interface WatchedFile extends PreviewFile {
  /** Bytes that were read so far. */
  bytesRead(): number;
}

/** A file of bytes in memory, or of a Blob. */
export function previewFile(content: Uint8Array<ArrayBuffer> | Blob, path: string): WatchedFile {
  const blob = content instanceof Blob ? content : new Blob([content]);
  const source = sourceOf(blob);
  let bytesRead = 0;
  return {
    blob,
    path,
    source: {
      size: source.size,
      read: async (start, end) => {
        const bytes = await source.read(start, end);
        bytesRead += bytes.length;
        return bytes;
      },
    },
    bytesRead: () => bytesRead,
  };
}

/** A file that is larger than memory: behind its head are zeros, and few of them may be read. */
export function hugeFile(head: Uint8Array<ArrayBuffer>, size: number, path: string): WatchedFile {
  const file = previewFile(head, path);
  const read = async (start: number, end: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (start >= head.length) throw new Error("the data behind the head were read");
    const bytes = new Uint8Array(Math.min(end, size) - start);
    bytes.set(await file.source.read(start, end));
    return bytes;
  };
  return { ...file, source: { size, read } };
}
