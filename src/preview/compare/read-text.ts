// Reads a whole text for comparing: decoded, with what its lines don't show.
import { decodeText } from "../text/decode-text.ts";
import { encodingOf, looksLikeText, type TextEncoding } from "../text/looks-like-text.ts";
import { linesOf } from "../text/highlight.ts";
import { isTextName } from "../text/languages.ts";

/** Beyond this comparing would hold the worker, and nobody reads that many lines. */
export const MAX_TEXT_BYTES = 12 * 1024 * 1024;
const HEAD_BYTES = 16 * 1024;

export type LineEnds = "LF" | "CRLF" | "CR" | "mixed" | "none";

export interface ReadText {
  /** Line ends are `\n`. */
  readonly text: string;
  readonly lines: readonly string[];
  readonly lineEnds: LineEnds;
  readonly endsWithLineEnd: boolean;
  readonly encoding: TextEncoding;
  readonly hasMark: boolean;
  /** Whether bytes in it are no text in its encoding. */
  readonly isDamaged: boolean;
}

/** The text of a file, or `null` where its bytes are none. */
export async function readText(file: Blob, path: string): Promise<ReadText | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!looksLikeText(bytes.subarray(0, HEAD_BYTES), isTextName(path))) return null;
  const { encoding, markBytes } = encodingOf(bytes);
  const { text: raw, isDamaged } = decodeText(bytes.subarray(markBytes), encoding);
  const text = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
  return {
    text,
    lines: linesOf(text),
    lineEnds: lineEndsOf(raw),
    endsWithLineEnd: text.endsWith("\n"),
    encoding,
    hasMark: markBytes > 0,
    isDamaged,
  };
}

function lineEndsOf(text: string): LineEnds {
  const kinds = new Set<LineEnds>();
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) {
    kinds.add(end === "\r\n" ? "CRLF" : end === "\r" ? "CR" : "LF");
    if (kinds.size > 1) return "mixed";
  }
  const [only = "none"] = kinds;
  return only;
}
