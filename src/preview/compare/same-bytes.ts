// Whether two parts of files hold the same bytes. Reading both side by side is as much reading as
// hashing them, and ends at the first difference.
import type { ByteSource } from "../byte-source.ts";

/** Bytes of each side in memory at once. */
const PIECE_BYTES = 4 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a part begins and ends in its file. */
export interface Part {
  readonly source: ByteSource;
  readonly begin: number;
  readonly end: number;
}

/**
 * Compares two parts of equal length.
 *
 * @param onRead told the bytes of one side after each read; what it throws ends the call
 */
export async function haveSameBytes(
  before: Part,
  after: Part,
  onRead: (bytes: number) => void,
): Promise<boolean> {
  const length = before.end - before.begin;
  for (let done = 0; done < length; done += PIECE_BYTES) {
    const count = Math.min(PIECE_BYTES, length - done);
    const [a, b] = await Promise.all([
      readPiece(before, done, count),
      readPiece(after, done, count),
    ]);
    onRead(count);
    if (!areEqual(a, b)) return false;
  }
  return true;
}

function readPiece({ source, begin }: Part, from: number, count: number): Promise<Bytes> {
  return source.read(begin + from, begin + from + count);
}

function areEqual(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  // Four bytes at a time, as both begin at the start of their buffers.
  const words = a.length >>> 2;
  const wordsOfA = new Uint32Array(a.buffer, a.byteOffset, words);
  const wordsOfB = new Uint32Array(b.buffer, b.byteOffset, words);
  for (let index = 0; index < words; index++) if (wordsOfA[index] !== wordsOfB[index]) return false;
  for (let index = words * 4; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
