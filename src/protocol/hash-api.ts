// What the store worker asks of a hash worker.
import type { Digest, Digests } from "../core/digest.ts";
import type { JobId } from "./jobs.ts";

export interface HashApi {
  /**
   * BLAKE3-256 of a blob, read in bounded memory.
   *
   * @param onProgress told the bytes hashed so far, at most ten times a second
   * @throws CairnError `aborted` after {@link stop}
   */
  hashBlob(job: JobId, blob: Blob, onProgress: (doneBytes: number) => void): Promise<Digest>;
  /**
   * SHA-256 of a blob as 64 hex characters, read in bounded memory.
   *
   * @throws CairnError `aborted` after {@link stop}
   */
  sha256Blob(job: JobId, blob: Blob): Promise<string>;
  /**
   * Both of a blob in one reading, in bounded memory.
   *
   * @throws CairnError `aborted` after {@link stop}
   */
  digestsOfBlob(job: JobId, blob: Blob): Promise<Digests>;
  /**
   * Reads small files at once and hashes each. A file that can't be read is reported, not thrown.
   */
  readAndHash(files: readonly SizedFile[]): Promise<HashedGroup>;
  /** Gives up what was read and is done with, so that deleted files leave the disk. */
  letGo(): Promise<void>;
  /** Ends a running {@link hashBlob}, {@link sha256Blob} or {@link digestsOfBlob} at its next read. */
  stop(job: JobId): Promise<void>;
}

/** A file with the size it had when it was dropped: a File forgets its size when it is deleted. */
export interface SizedFile {
  readonly file: File;
  readonly sizeBytes: number;
}

/** Small files read together: their bytes end to end, and what each is. */
export interface HashedGroup {
  readonly bytes: ArrayBuffer;
  /** One per file, in order; a file that failed takes no bytes. */
  readonly files: readonly (HashedFile | ReadFailure)[];
}

export interface HashedFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** `changed`: gone, or of another size than at the drop. `unreadable`: the browser was refused. */
export interface ReadFailure {
  readonly failed: "changed" | "unreadable";
}
