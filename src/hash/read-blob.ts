// Reads a Blob in bounded memory, as fast as browsers allow: BYOB reads of 1 MiB into two buffers that are reused.
import { CairnError } from "../core/errors.ts";

/** Bytes per read: the measured best between call overhead and memory. */
const READ_BYTES = 1 << 20;
/** A read that takes longer is taken for lost, and reading starts again at its offset. */
const STALL_MS = 20_000;

type Reader = ReadableStreamBYOBReader;
/** Keeps readers reachable: Chromium collects one that only a suspended function refers to, and its read never ends. */
const rooted = new Set<Reader>();

/** Buffers that reads gave back: fresh ones for each file would pile up faster than they are collected. */
const spareBuffers: ArrayBuffer[] = [];

function takeBuffer(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(spareBuffers.pop() ?? new ArrayBuffer(READ_BYTES));
}

/**
 * Calls `onBytes` with each piece of the blob, in order. A piece is only valid during the call.
 *
 * @throws CairnError `aborted` once `isStopped` answers true
 * @throws DOMException `NotReadableError` or `NotFoundError` from the browser
 */
export async function readBlob(blob: Blob, onBytes: (bytes: Uint8Array) => void, isStopped: () => boolean): Promise<void> {
  let offset = 0;
  while (offset < blob.size) {
    const reader = blob.slice(offset).stream().getReader({ mode: "byob" });
    rooted.add(reader);
    try {
      offset += await readUntilStall(reader, blob.size - offset, onBytes, isStopped);
    } finally {
      rooted.delete(reader);
      // A reader that ended or failed has nothing left to cancel.
      reader.cancel().catch(() => undefined);
    }
  }
}

/** Reads `size` bytes, or until a read stalls. Returns the bytes handed on. */
async function readUntilStall(
  reader: Reader,
  size: number,
  onBytes: (bytes: Uint8Array) => void,
  isStopped: () => boolean,
): Promise<number> {
  let done = 0;
  let pending = reader.read(takeBuffer());
  while (done < size) {
    if (isStopped()) throw new CairnError("aborted", {});
    const result = await withinTime(pending);
    if (result === "stalled") return done;
    const piece = result.value;
    if (piece === undefined || piece.byteLength === 0) throw new DOMException("The blob ended early.", "NotReadableError");
    done += piece.byteLength;
    // The next read runs in the browser process while this piece is hashed here.
    if (done < size) pending = reader.read(takeBuffer());
    onBytes(piece);
    spareBuffers.push(piece.buffer);
  }
  return done;
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
