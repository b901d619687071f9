// Gathers what is found, so that the page hears of it a few dozen times a second at most.
import type { FoundBatch, FoundFile, FoundProblem, SkippedFolder } from "./found.ts";

const FLUSH_INTERVAL_MS = 40;

/** Collects finds and hands them on in batches: the first at once, the last by `flush`. */
export class Batcher {
  readonly #onBatch: (batch: FoundBatch) => void;
  #files: FoundFile[] = [];
  #skipped: SkippedFolder[] = [];
  #problems: FoundProblem[] = [];
  #emptyFolders = 0;
  #flushedAt = -Infinity;

  constructor(onBatch: (batch: FoundBatch) => void) {
    this.#onBatch = onBatch;
  }

  addFiles(files: readonly FoundFile[]): void {
    for (const file of files) this.#files.push(file);
    this.#flushWhenDue();
  }

  addSkipped(folder: SkippedFolder): void {
    this.#skipped.push(folder);
  }

  addProblem(problem: FoundProblem): void {
    this.#problems.push(problem);
    this.#flushWhenDue();
  }

  addEmptyFolder(): void {
    this.#emptyFolders++;
  }

  /** Hands on what is left. */
  flush(): void {
    const size =
      this.#files.length + this.#skipped.length + this.#problems.length + this.#emptyFolders;
    if (size === 0) return;
    const batch = {
      files: this.#files,
      skipped: this.#skipped,
      problems: this.#problems,
      emptyFolders: this.#emptyFolders,
    };
    this.#flushedAt = performance.now();
    this.#files = [];
    this.#skipped = [];
    this.#problems = [];
    this.#emptyFolders = 0;
    this.#onBatch(batch);
  }

  #flushWhenDue(): void {
    if (performance.now() - this.#flushedAt >= FLUSH_INTERVAL_MS) this.flush();
  }
}
