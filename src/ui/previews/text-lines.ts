// The lines of a text that were read so far, and where it goes on.
import type { TextPart, TokenLine } from "../../protocol/preview-api.ts";

/** More than this at once would weigh on the page; reading goes on in place of what is shown. */
const MOST_BYTES = 16 * 2 ** 20;
const MOST_LINES = 200_000;

/** What is read of a text: parts that follow each other. */
export interface TextLines {
  readonly lines: readonly TokenLine[];
  /** Number of the first line, from 1; `null` where it can't be known. */
  readonly firstLine: number | null;
  readonly startByte: number;
  readonly endByte: number;
}

/** The lines of the first part. */
export function linesOf({ lines, firstLine, startByte, endByte }: TextPart): TextLines {
  return { lines, firstLine, startByte, endByte };
}

/** The lines with those of the part that follows. */
export function append(text: TextLines, part: TextPart): TextLines {
  return { ...text, lines: [...text.lines, ...part.lines], endByte: part.endByte };
}

/** Whether more may be added to what is shown. */
export function hasRoom({ lines, startByte, endByte }: TextLines): boolean {
  return lines.length < MOST_LINES && endByte - startByte < MOST_BYTES;
}
