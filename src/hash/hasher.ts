// BLAKE3-256 by hash-wasm. The only file that knows which implementation hashes.
import { createBLAKE3, type IHasher } from "hash-wasm";
import { digestFromHex, type Digest } from "../core/digest.ts";
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
}

/** Loads the WASM and makes a hasher. */
export async function createHasher(): Promise<Hasher> {
  // The streaming call keeps state between awaits, so the synchronous calls have an instance of their own.
  const [short, streaming] = await Promise.all([createBLAKE3(), createBLAKE3()]);
  const encoder = new TextEncoder();
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
  };
}

function finish(hasher: IHasher): Digest {
  return digestFromHex(hasher.digest("hex"));
}
