// Lets zip.js read from a ByteSource, within limits: a lying directory must not make it read the whole file.
import type { ReadableReader } from "@zip.js/zip.js";
import type { ByteSource } from "../byte-source.ts";
import { HeadError } from "../heads/head-error.ts";

/** A directory of a million entries takes some 100 MB. */
const MAX_BYTES_READ = 256 * 1024 * 1024;
const MAX_READS = 20_000;

interface LimitedReader extends ReadableReader {
  readonly size: number;
  readUint8Array(index: number, length: number): Promise<Uint8Array>;
}

/** What zip.js calls for bytes. Throws HeadError beyond what any directory needs. */
export function limitedReader(source: ByteSource): LimitedReader {
  let bytesRead = 0;
  let reads = 0;
  return {
    // Asked for only where the two below are missing.
    readable: new ReadableStream(),
    size: source.size,
    readUint8Array: async (index, length) => {
      const start = Math.max(index, 0);
      const end = Math.min(start + Math.max(length, 0), source.size);
      bytesRead += Math.max(end - start, 0);
      if (bytesRead > MAX_BYTES_READ || ++reads > MAX_READS)
        throw new HeadError("its directory goes on for more than 256 MiB");
      return start >= end ? new Uint8Array() : source.read(start, end);
    },
  };
}
