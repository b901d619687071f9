// Another place that keeps blobs. Sync brings the implementations; what is missing here is asked of it [U5].
import type { Digest } from "../core/digest.ts";

export interface Remote {
  /** Its name for people, such as `the Space me/models`. */
  readonly label: string;
  /** A blob's bytes, unchecked, or `null` when it doesn't have them. Rejects when it can't be reached. */
  fetchBlob(
    digest: Digest,
    sizeBytes: number,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  /** Where the blob was last seen, as the end of "they were last known to be …"; `null` when it never was. */
  lastKnown(digest: Digest): Promise<string | null>;
}
