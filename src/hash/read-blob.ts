// Reads a Blob in bounded memory, as fast as browsers allow: BYOB reads of 1 MiB into buffers that are reused.
import { CairnError } from "../core/errors.ts";

/** Bytes per read: the measured best between call overhead and memory. */
const READ_BYTES = 1 << 20;
/** Bytes per read where streams can't fill our buffers: small slices cost more than they save. */
const SLICE_BYTES = 8 << 20;
/** A read that takes longer is taken for lost, and reading starts again at its offset. */
const STALL_MS = 20_000;

interface PieceReader {
  /** The next piece; empty at the end. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives a piece's memory back for a later read. */
  recycle(piece: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/**
 * Calls `onBytes` with each piece of the blob, in order. A piece is only valid during the call.
 *
 * @throws CairnError `aborted` once `isStopped` answers true
 * @throws DOMException from the browser; `NotFoundError` when the bytes, or the last of them, are gone
 */
export async function readBlob(
  blob: Blob,
  onBytes: (bytes: Uint8Array) => void,
  isStopped: () => boolean,
): Promise<void> {
  let offset = 0;
  while (offset < blob.size) {
    const reader = openReader(blob.slice(offset));
    try {
      offset += await readUntilStall(reader, blob.size - offset, onBytes, isStopped);
    } catch (error) {
      throw error instanceof TypeError ? await reasonOf(error, blob) : error;
    } finally {
      reader.close();
    }
  }
}

/** Reads `size` bytes, or until a read stalls. Returns the bytes handed on. */
async function readUntilStall(
  reader: PieceReader,
  size: number,
  onBytes: (bytes: Uint8Array) => void,
  isStopped: () => boolean,
): Promise<number> {
  let done = 0;
  let pending = reader.read();
  while (done < size) {
    if (isStopped()) throw new CairnError("aborted", {});
    const piece = await withinTime(pending);
    if (piece === "stalled") return done;
    if (piece.byteLength === 0) throw new DOMException("The blob ended early.", "NotFoundError");
    done += piece.byteLength;
    // The next read runs in the browser process while this piece is hashed here.
    if (done < size) pending = reader.read();
    onBytes(piece);
    reader.recycle(piece);
  }
  return done;
}

/** Chromium's streams fail with a nameless “network error”; a plain read of a byte tells the reason. */
async function reasonOf(error: TypeError, blob: Blob): Promise<unknown> {
  return withinTime(blob.slice(0, 1).arrayBuffer()).then(
    () => error,
    (reason: unknown) => reason,
  );
}

function openReader(blob: Blob): PieceReader {
  const stream = blob.stream();
  try {
    return byobReader(stream.getReader({ mode: "byob" }));
  } catch (error) {
    // Older Safari has no byte streams.
    if (error instanceof TypeError) return sliceReader(blob);
    throw error;
  }
}

/** Keeps readers reachable: Chromium collects one that only a suspended function refers to, and its read never ends. */
const rooted = new Set<ReadableStreamBYOBReader>();
/** Buffers given back: fresh ones for each file would pile up faster than they are collected. */
const spareBuffers: ArrayBuffer[] = [];

function byobReader(reader: ReadableStreamBYOBReader): PieceReader {
  rooted.add(reader);
  return {
    async read() {
      const { value } = await reader.read(
        new Uint8Array(spareBuffers.pop() ?? new ArrayBuffer(READ_BYTES)),
      );
      return value ?? new Uint8Array();
    },
    recycle: (piece) => void spareBuffers.push(piece.buffer),
    close() {
      rooted.delete(reader);
      // A reader that ended or failed has nothing left to cancel.
      reader.cancel().catch(() => undefined);
    },
  };
}

function sliceReader(blob: Blob): PieceReader {
  let offset = 0;
  return {
    async read() {
      const from = offset;
      offset += SLICE_BYTES;
      return new Uint8Array(await blob.slice(from, offset).arrayBuffer());
    },
    recycle: () => undefined,
    close: () => undefined,
  };
}

async function withinTime<T>(read: Promise<T>): Promise<T | "stalled"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stall = new Promise<"stalled">((resolve) => {
    timer = setTimeout(() => resolve("stalled"), STALL_MS);
  });
  try {
    return await Promise.race([read, stall]);
  } finally {
    clearTimeout(timer);
  }
}
