// Looks into a file that gzip packed, as far as a preview may: a small file can unpack to any size.
import type { PreviewKind } from "../../protocol/preview-api.ts";
import { sourceOf } from "../byte-source.ts";
import { isTarName, kindsOf } from "../detect.ts";
import type { PreviewFile } from "../opened.ts";

/** What is unpacked is kept in memory. */
const MAX_UNPACKED = 32 << 20;
/** What the page shows from the worker's answers alone; for the rest it would need the bytes unpacked. */
const SHOWN: ReadonlySet<PreviewKind> = new Set(["json", "markdown", "table", "notebook", "text"]);

/** What is packed in a file. */
interface Inside {
  readonly file: PreviewFile;
  /** What it can be shown as, best first; `hex` shows the packed bytes. */
  readonly kinds: readonly PreviewKind[];
  readonly notes: readonly string[];
}

/** What gzip packed; `null` where it didn't, or what opens as a tar. */
export async function insideOf(packed: PreviewFile): Promise<Inside | null> {
  const [first, second, method] = await packed.source.read(0, 3);
  const isGzip = first === 0x1f && second === 0x8b && method === 0x08;
  if (!isGzip || isTarName(packed.path)) return null;
  const { blob, isCut, isDamaged } = await unpack(packed.blob);
  const file = { source: sourceOf(blob), blob, path: packed.path.replace(/\.gz$/i, "") };
  const found = blob.size === 0 ? [] : await kindsOf(file);
  // A best kind that can't be shown is not replaced by a guess.
  const isShown = found[0] !== undefined && SHOWN.has(found[0]);
  const notes = [
    isShown
      ? "It is packed by gzip. This is what is inside."
      : "It is packed by gzip, and what is inside can't be shown.",
  ];
  if (isDamaged) notes.push("Its packed data are damaged or cut off, so the rest is missing.");
  if (isCut) notes.push("Only its first 32 MiB were unpacked.");
  const kinds = isShown ? found.filter((kind) => SHOWN.has(kind)) : [];
  return { file, kinds: [...kinds, "hex"], notes };
}

async function unpack(
  packed: Blob,
): Promise<{ readonly blob: Blob; readonly isCut: boolean; readonly isDamaged: boolean }> {
  const reader = packed.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let isDamaged = false;
  try {
    while (size <= MAX_UNPACKED) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.length;
    }
  } catch (error) {
    if (error instanceof DOMException) throw error;
    isDamaged = true;
  }
  // A stream that failed has nothing left to cancel.
  await reader.cancel().catch(() => undefined);
  return {
    blob: new Blob(pieces).slice(0, MAX_UNPACKED),
    isCut: size > MAX_UNPACKED,
    isDamaged,
  };
}
