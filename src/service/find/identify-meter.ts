// Counts what is hashed of files to be identified, and tells it at most ten times a second.
import type { IdentifyProgress } from "../../protocol/find-api.ts";
import type { FileId, StageRequest } from "../../protocol/ingest.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";

export class IdentifyMeter {
  readonly #total: { readonly files: number; readonly bytes: number };
  readonly #onProgress: (progress: IdentifyProgress) => void;
  readonly #active = new Map<FileId, number>();
  #files = 0;
  #bytes = 0;
  #reading: number | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(requests: readonly StageRequest[], onProgress: (progress: IdentifyProgress) => void) {
    this.#total = { files: requests.length, bytes: bytesOf(requests) };
    this.#onProgress = onProgress;
  }

  /** Notes how much of a large file is hashed. */
  advance(id: FileId, doneBytes: number): void {
    this.#active.set(id, doneBytes);
    this.#tell();
  }

  /** Files are done with, whether that went well or not. */
  count(requests: readonly StageRequest[]): void {
    for (const { id } of requests) this.#active.delete(id);
    this.#files += requests.length;
    this.#bytes += bytesOf(requests);
    this.#tell();
  }

  /** Notes how much is read of what versions hold. */
  reading(fraction: number): void {
    this.#reading = fraction;
    this.#tell();
  }

  /** Tells the end, whenever the last notice was. */
  finish(): void {
    this.#reading = null;
    this.#toldAt = Number.NEGATIVE_INFINITY;
    this.#tell();
  }

  #tell(): void {
    const at = performance.now();
    if (at - this.#toldAt < PROGRESS_INTERVAL_MS) return;
    this.#toldAt = at;
    let bytesDone = this.#bytes;
    for (const bytes of this.#active.values()) bytesDone += bytes;
    this.#onProgress({
      filesDone: this.#files,
      filesTotal: this.#total.files,
      bytesDone,
      bytesTotal: this.#total.bytes,
      reading: this.#reading,
    });
  }
}

function bytesOf(requests: readonly StageRequest[]): number {
  return requests.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
