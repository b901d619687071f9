// Counts what is checked, and tells it at most ten times a second.
import type { DownloadProgress } from "../../protocol/downloads.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";
import type { PackKey } from "../../store/schema.ts";

export class Meter {
  private filesDone = 0;
  private bytesDone = 0;
  private toldAt = 0;
  /** Bytes of large blobs that are being hashed. */
  private readonly parts = new Map<PackKey, number>();
  private readonly total: { readonly files: number; readonly bytes: number };
  private readonly onProgress: (progress: DownloadProgress) => void;

  constructor(
    total: { readonly files: number; readonly bytes: number },
    onProgress: (progress: DownloadProgress) => void,
  ) {
    this.total = total;
    this.onProgress = onProgress;
  }

  get files(): number {
    return this.filesDone;
  }
  get bytes(): number {
    return this.bytesDone;
  }

  /** Notes how far the blob of a pack is. */
  advance(pack: PackKey, doneBytes: number): void {
    this.parts.set(pack, doneBytes);
    this.tell();
  }

  /** Forgets how far it was: what it held is counted now, or not at all. */
  leave(pack: PackKey): void {
    this.parts.delete(pack);
  }

  count(files: number, bytes: number): void {
    this.filesDone += files;
    this.bytesDone += bytes;
    this.tell();
  }

  /** Tells the end, whenever the last notice was. */
  finish(): void {
    this.toldAt = Number.NEGATIVE_INFINITY;
    this.tell();
  }

  private tell(): void {
    const at = performance.now();
    if (at - this.toldAt < PROGRESS_INTERVAL_MS) return;
    this.toldAt = at;
    let bytesDone = this.bytesDone;
    for (const bytes of this.parts.values()) bytesDone += bytes;
    const { filesDone } = this;
    // More may have been logged since the start.
    const filesTotal = Math.max(this.total.files, filesDone);
    const bytesTotal = Math.max(this.total.bytes, bytesDone);
    this.onProgress({ filesDone, filesTotal, bytesDone, bytesTotal });
  }
}
