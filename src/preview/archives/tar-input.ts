// Where the blocks of a tar come from: a file, in which bodies are jumped over, or a stream that is unpacked.
import type { ByteSource } from "../byte-source.ts";
import { ByteCursor } from "../heads/byte-cursor.ts";

export interface TarInput {
  /** The next bytes, fewer at the end. */
  read(count: number): Promise<Uint8Array>;
  /** Goes on so many bytes further on; `false` where there are not as many. */
  skip(count: number): Promise<boolean>;
  /** Why reading ended before the end, as a sentence; `null` where it didn't. */
  stoppedBy(): string | null;
  close(): void;
}

/** Tells the time in milliseconds. */
export type Clock = () => number;
export const clock: Clock = () => performance.now();

/** Time for one listing: a tar has no directory, so a large one is a million small reads. */
const MAX_MS = 5000;

/** A tar as it is. */
export function plainInput(source: ByteSource, now: Clock): TarInput {
  // Limited by time alone.
  const cursor = new ByteCursor(source, Infinity);
  const startedAt = now();
  let stopped: string | null = null;
  return {
    read: async (count) => {
      if (now() - startedAt > MAX_MS) {
        stopped =
          "Only the first part of this archive is listed: reading all of it takes too long.";
        return new Uint8Array();
      }
      const few = Math.min(count, cursor.remaining);
      await cursor.want(few);
      return cursor.take(few);
    },
    skip: async (count) => {
      const isThere = count <= cursor.remaining;
      cursor.moveTo(isThere ? cursor.position + count : source.size);
      return isThere;
    },
    stoppedBy: () => stopped,
    close: () => undefined,
  };
}

/** What is unpacked of a tar.gz for its listing: a small file can unpack to any size. */
const MAX_UNPACKED_BYTES = 1024 ** 3;

/** A tar inside gzip. Nothing of it is kept. */
export function gzipInput(blob: Blob, now: Clock): TarInput {
  const reader = blob.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const startedAt = now();
  let piece = new Uint8Array();
  let unpacked = 0;
  let stopped: string | null = null;
  /** Makes the next piece current; `false` at the end or a limit. */
  const next = async (): Promise<boolean> => {
    if (stopped !== null) return false;
    if (unpacked > MAX_UNPACKED_BYTES || now() - startedAt > MAX_MS) {
      stopped =
        "Only the first part of this packed archive is listed: unpacking more takes too long.";
      return false;
    }
    try {
      const { done, value } = await reader.read();
      if (done) return false;
      piece = value;
      unpacked += value.length;
      return true;
    } catch {
      stopped = "The packed data are damaged or cut off, so the list may not be complete.";
      return false;
    }
  };
  return {
    read: async (count) => {
      const bytes = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        if (piece.length === 0 && !(await next())) break;
        const part = piece.subarray(0, count - filled);
        bytes.set(part, filled);
        filled += part.length;
        piece = piece.subarray(part.length);
      }
      return bytes.subarray(0, filled);
    },
    skip: async (count) => {
      let left = count;
      while (left > 0) {
        if (piece.length === 0 && !(await next())) return false;
        const part = Math.min(left, piece.length);
        piece = piece.subarray(part);
        left -= part;
      }
      return true;
    },
    stoppedBy: () => stopped,
    // A stream that failed has nothing left to cancel.
    close: () => void reader.cancel().catch(() => undefined),
  };
}
