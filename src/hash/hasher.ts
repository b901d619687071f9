// BLAKE3-256 and SHA-256 by hash-wasm. The only file that knows which implementation hashes.
import { createBLAKE3, createSHA256, type IHasher } from "hash-wasm";
import { digestFromHex, type Digest, type Digests } from "../core/digest.ts";
import { readBlob } from "./read-blob.ts";

export interface Hasher {
  /** Digest of bytes in memory. */
  hashBytes(bytes: Uint8Array): Digest;
  /** Digest of text pieces joined, as UTF-8. */
  hashText(pieces: Iterable<string>): Digest;
  /**
   * Digest of a blob, read in bounded memory. One call at a time on one hasher.
   *
   * @param onProgress told the bytes hashed so far after each read
   * @param isStopped asked before each read; `true` ends the call with `aborted`
   */
  hashBlob(
    blob: Blob,
    onProgress: (doneBytes: number) => void,
    isStopped: () => boolean,
  ): Promise<Digest>;
  /** SHA-256 of bytes and texts joined, as 64 hex characters: what others than Cairn go by [M1]. */
  sha256(pieces: Iterable<Uint8Array | string>): Promise<string>;
  /** SHA-256 of a blob, as {@link Hasher.hashBlob} reads it. One call at a time on one hasher. */
  sha256Blob(blob: Blob, isStopped: () => boolean): Promise<string>;
  /** Both of a blob in one reading. One call at a time on one hasher. */
  digestsOfBlob(blob: Blob, isStopped: () => boolean): Promise<Digests>;
}

/** Blobs up to this size are hashed whole: the browser's own SHA-256 is several times as fast, but takes no pieces. */
const WHOLE_BYTES = 8 << 20;

/** Takes a blob's bytes in pieces, in order. */
interface Pieces {
  take(bytes: Uint8Array): void;
  /** 64 hex characters, once all are taken. */
  finish(): Promise<string>;
}

/** Loads the WASM and makes a hasher. */
export async function createHasher(): Promise<Hasher> {
  // The streaming call keeps state between awaits, so the synchronous calls have an instance of their own.
  const [short, streaming] = await Promise.all([createBLAKE3(), createBLAKE3()]);
  const encoder = new TextEncoder();
  // Seldom asked for, so loaded on demand.
  let sha256: Promise<{ readonly short: IHasher; readonly streaming: IHasher }> | undefined;
  // Kept for the next one: a buffer for each would pile up faster than they are collected.
  let whole: Uint8Array<ArrayBuffer> | undefined;
  return {
    hashBytes: (bytes) => finish(short.init().update(bytes)),
    hashText: (pieces) => {
      short.init();
      for (const piece of pieces) short.update(encoder.encode(piece));
      return finish(short);
    },
    hashBlob: async (blob, onProgress, isStopped) => {
      streaming.init();
      let doneBytes = 0;
      await readBlob(
        blob,
        (bytes) => {
          streaming.update(bytes);
          doneBytes += bytes.byteLength;
          onProgress(doneBytes);
        },
        isStopped,
      );
      return finish(streaming);
    },
    sha256: async (pieces) => {
      const hasher = (await (sha256 ??= loadSha256())).short.init();
      for (const piece of pieces)
        hasher.update(typeof piece === "string" ? encoder.encode(piece) : piece);
      return hasher.digest("hex");
    },
    sha256Blob: async (blob, isStopped) => {
      const pieces = await sha256Pieces(blob);
      await readBlob(blob, pieces.take, isStopped);
      return pieces.finish();
    },
    digestsOfBlob: async (blob, isStopped) => {
      const pieces = await sha256Pieces(blob);
      streaming.init();
      await readBlob(
        blob,
        (bytes) => {
          streaming.update(bytes);
          pieces.take(bytes);
        },
        isStopped,
      );
      return { digest: finish(streaming), sha256: await pieces.finish() };
    },
  };

  async function sha256Pieces({ size }: Blob): Promise<Pieces> {
    if (size <= WHOLE_BYTES)
      return gather((whole ??= new Uint8Array(WHOLE_BYTES)).subarray(0, size));
    const hasher = (await (sha256 ??= loadSha256())).streaming.init();
    return {
      take: (bytes) => void hasher.update(bytes),
      finish: () => Promise.resolve(hasher.digest("hex")),
    };
  }
}

/** Hands the browser all bytes at once. */
function gather(whole: Uint8Array<ArrayBuffer>): Pieces {
  let done = 0;
  return {
    take(bytes) {
      whole.set(bytes, done);
      done += bytes.byteLength;
    },
    async finish() {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
}

async function loadSha256(): Promise<{ readonly short: IHasher; readonly streaming: IHasher }> {
  const [short, streaming] = await Promise.all([createSHA256(), createSHA256()]);
  return { short, streaming };
}

function finish(hasher: IHasher): Digest {
  return digestFromHex(hasher.digest("hex"));
}
