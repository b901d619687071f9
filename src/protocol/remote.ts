// Another place that keeps blobs: what is missing here is asked of it [U5].
import type { Digest } from "../core/digest.ts";

export interface Remote {
  /** Where a blob's bytes can be had, or `null` when no remote is known to have it. */
  locate(digest: Digest): Promise<RemoteBytes | null>;
  /** Where the blob was last seen, as the end of "they were last known to be …"; `null` when it never was. */
  lastKnown(digest: Digest): Promise<string | null>;
}

/** A file of a remote: one blob, or many small ones in a pack. */
export interface RemoteBytes {
  /** The remote's name for people, such as `the Space me/models`. */
  readonly label: string;
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, 64 hex characters. */
  readonly sha256: string;
  readonly members: readonly RemoteMember[];
  /** The bytes, unchecked. Rejects when they can't be had. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/** A blob in a file of a remote. */
export interface RemoteMember {
  readonly digest: Digest;
  readonly offset: number;
  readonly sizeBytes: number;
}
