// Cuts a window out of a text so that it begins and ends at line ends, or at least between characters.
import type { ByteSource } from "../byte-source.ts";
import { decodeText } from "./decode-text.ts";
import type { TextEncoding } from "./looks-like-text.ts";

/** How much text is read at once. */
const WINDOW_BYTES = 256 * 1024;

/** A window of a text, decoded. */
export interface TextWindow {
  readonly text: string;
  readonly startByte: number;
  readonly endByte: number;
  /** Whether bytes in it are no text in its encoding; they became U+FFFD. */
  readonly isDamaged: boolean;
}

/**
 * Reads the window that begins at `start`.
 *
 * @param mayMove where nobody knows that a line begins at `start`: the window begins at the next line
 */
export async function readWindow(
  source: ByteSource,
  encoding: TextEncoding,
  start: number,
  mayMove: boolean,
  size = WINDOW_BYTES,
): Promise<TextWindow> {
  const bytes = await source.read(start, start + size);
  const isEnd = start + bytes.length >= source.size;
  const to = isEnd ? bytes.length : lastBorder(bytes, encoding, start);
  const from = mayMove ? firstBorder(bytes.subarray(0, to), encoding, start) : 0;
  const piece = bytes.subarray(from, to);
  return {
    ...decodeText(piece, encoding),
    startByte: start + from,
    endByte: start + to,
  };
}

/** After the first line end, or at the first character where the window has none. */
function firstBorder(bytes: Uint8Array, encoding: TextEncoding, start: number): number {
  if (start === 0) return 0;
  const line = lineEnds(bytes, encoding, start, 1);
  if (line !== null && line < bytes.length) return line;
  return isUtf8(encoding) ? skipTail(bytes) : start % 2;
}

/** After the last line end, or between the last two characters where the window has none. */
function lastBorder(bytes: Uint8Array, encoding: TextEncoding, start: number): number {
  const line = lineEnds(bytes, encoding, start, -1);
  if (line !== null) return line;
  if (!isUtf8(encoding)) return evenBorder(bytes, encoding, start);
  let end = bytes.length;
  // A character has at most four bytes: further back there is none that the cut could halve.
  while (end > bytes.length - 3 && isContinuation(bytes[end - 1])) end--;
  const lead = bytes[end - 1] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return end - 1 + length > bytes.length ? end - 1 : bytes.length;
}

/** The offset behind the first or last line end; `null` where there is none. */
function lineEnds(
  bytes: Uint8Array,
  encoding: TextEncoding,
  start: number,
  direction: 1 | -1,
): number | null {
  const find = (from: number): number =>
    direction === 1 ? bytes.indexOf(0x0a, from) : bytes.lastIndexOf(0x0a, from);
  for (
    let at = find(direction === 1 ? 0 : bytes.length - 1);
    at !== -1;
    at = find(at + direction)
  ) {
    if (isUtf8(encoding)) return at + 1;
    const isFirstOfPair = (start + at) % 2 === 0;
    if (encoding === "utf-16le" && isFirstOfPair && bytes[at + 1] === 0) return at + 2;
    if (encoding === "utf-16be" && !isFirstOfPair && bytes[at - 1] === 0) return at + 1;
    if (at + direction < 0) break;
  }
  return null;
}

/** Whole units of two bytes, without half a surrogate pair at the end. */
function evenBorder(bytes: Uint8Array, encoding: TextEncoding, start: number): number {
  const end = bytes.length - ((start + bytes.length) % 2);
  const high = bytes[encoding === "utf-16le" ? end - 1 : end - 2] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? end - 2 : end;
}

function skipTail(bytes: Uint8Array): number {
  let at = 0;
  while (at < 3 && isContinuation(bytes[at])) at++;
  return at;
}

const isUtf8 = (encoding: TextEncoding): boolean => encoding === "utf-8";

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
