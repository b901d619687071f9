// Files that are being identified: what is known of each, and how far it is.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import type { FoundFile, Picked } from "../../client/pick/found.ts";
import type { Digest } from "../../core/digest.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { BytesPlace, Identified, IdentifyProgress } from "../../protocol/find-api.ts";
import type { StageRequest } from "../../protocol/ingest.ts";

/** Files asked about at once: enough to keep every hash worker busy, few enough to show early. */
const FILES_AT_ONCE = 512;
/** Places shown of each file. */
const MOST_PLACES = 20;

export interface IdentifiedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** `null` for what could not even be opened. */
  readonly found: FoundFile | null;
  /** `null` until it is known. */
  readonly answer: Answer | null;
}

export type Answer =
  | { readonly digest: Digest; readonly places: readonly BytesPlace[]; readonly count: number }
  | { readonly problem: Problem };

export interface IdentifyTotals {
  readonly files: number;
  readonly known: number;
  readonly notHere: number;
  readonly failed: number;
}

type IdentifyPhase = "running" | "ended" | "cancelled";

export class IdentifyState {
  readonly startedMs = performance.now();
  readonly #files: IdentifiedFile[] = [];
  /** Those not asked about yet. */
  #waiting: StageRequest[] = [];
  readonly #version = signal(0);
  readonly #phase = signal<IdentifyPhase>("running");
  readonly #progress = signal<IdentifyProgress | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #cairn: Pick<Cairn, "identify">;
  readonly #abort = new AbortController();
  #doneFiles = 0;
  #doneBytes = 0;
  #totalBytes = 0;
  #isAllFound = false;
  #wake: () => void = () => undefined;

  constructor(cairn: Pick<Cairn, "identify">, picked: Picked) {
    this.#cairn = cairn;
    void this.#run(picked);
  }

  /** The files in the order they were found. */
  get files(): readonly IdentifiedFile[] {
    // Who reads them is told when they change.
    void this.#version.value;
    return this.#files;
  }

  get phase(): ReadonlySignal<IdentifyPhase> {
    return this.#phase;
  }

  get progress(): ReadonlySignal<IdentifyProgress | null> {
    return this.#progress;
  }

  /** What ended it early. */
  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  totals(): IdentifyTotals {
    let [known, notHere, failed] = [0, 0, 0];
    for (const { answer } of this.files)
      if (answer !== null)
        if ("problem" in answer) failed++;
        else if (answer.count > 0) known++;
        else notHere++;
    return { files: this.#files.length, known, notHere, failed };
  }

  /** Files whose bytes no version holds. */
  notHere(): readonly FoundFile[] {
    return this.#files.flatMap(({ found, answer }) =>
      found !== null && answer !== null && "count" in answer && answer.count === 0 ? [found] : [],
    );
  }

  /** Stops; what is known stays. */
  cancel(): void {
    if (this.#phase.value !== "running") return;
    this.#abort.abort();
    this.#phase.value = "cancelled";
    this.#wake();
  }

  async #run(picked: Picked): Promise<void> {
    try {
      await Promise.all([this.#find(picked), this.#ask()]);
      if (this.#phase.value === "running") this.#phase.value = "ended";
    } catch (error) {
      if (!isCairnError(error, "aborted")) this.#problem.value = problemOf(error);
      this.#abort.abort();
      if (this.#phase.value === "running") this.#phase.value = "ended";
    }
  }

  /** Reads folders while their first files are hashed already. */
  async #find(picked: Picked): Promise<void> {
    try {
      await picked.read({
        signal: this.#abort.signal,
        skipsFolder: () => false,
        onBatch: ({ files, problems }) => {
          for (const found of files) {
            const { path, sizeBytes } = found;
            this.#waiting.push({ id: this.#files.length, ...found });
            this.#files.push({ path, sizeBytes, found, answer: null });
            this.#totalBytes += sizeBytes;
          }
          for (const { path, problem } of problems) {
            this.#files.push({ path, sizeBytes: 0, found: null, answer: { problem } });
            this.#doneFiles++;
          }
          this.#version.value++;
          this.#wake();
        },
      });
    } finally {
      this.#isAllFound = true;
      this.#wake();
    }
  }

  async #ask(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const group = this.#waiting.slice(0, FILES_AT_ONCE);
      this.#waiting = this.#waiting.slice(group.length);
      if (group.length > 0) await this.#askGroup(group);
      else if (this.#isAllFound) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #askGroup(requests: readonly StageRequest[]): Promise<void> {
    const answers = await this.#cairn.identify(requests, MOST_PLACES, {
      signal: this.#abort.signal,
      onProgress: (progress) => {
        if (this.#phase.peek() === "running") this.#progress.value = this.#overall(progress);
      },
    });
    for (const answer of answers) this.#note(answer);
    this.#doneFiles += requests.length;
    for (const { sizeBytes } of requests) this.#doneBytes += sizeBytes;
    this.#version.value++;
  }

  #note(identified: Identified): void {
    const { id, ...answer } = identified;
    const file = this.#files[id];
    if (file !== undefined) this.#files[id] = { ...file, answer };
  }

  #overall({ filesDone, bytesDone, reading }: IdentifyProgress): IdentifyProgress {
    return {
      filesDone: this.#doneFiles + filesDone,
      filesTotal: this.#files.length,
      bytesDone: this.#doneBytes + bytesDone,
      bytesTotal: this.#totalBytes,
      reading,
    };
  }
}
