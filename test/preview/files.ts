// Files for the preview tests: in memory, and with a count of what is read of them.
import { readFile } from "node:fs/promises";
import { sourceOf, type ByteSource } from "../../src/preview/byte-source.ts";
import type { PreviewFile } from "../../src/preview/opened.ts";

/** A file with the given content. */
export function fileOf(content: BlobPart, path: string): PreviewFile {
  const blob = new Blob([content]);
  return { source: sourceOf(blob), blob, path };
}

/** A file that counts the bytes that are read of it. */
export function countedFile(
  content: BlobPart,
  path: string,
): { readonly file: PreviewFile; readonly bytesRead: () => number } {
  const file = fileOf(content, path);
  let bytesRead = 0;
  const source: ByteSource = {
    size: file.source.size,
    read: async (start, end) => {
      const bytes = await file.source.read(start, end);
      bytesRead += bytes.length;
      return bytes;
    },
  };
  return { file: { ...file, source }, bytesRead: () => bytesRead };
}

/** A file of the vega-datasets package. */
export async function vegaFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(
    new URL(`../../node_modules/vega-datasets/data/${name}`, import.meta.url),
  );
  return new Uint8Array(bytes);
}
