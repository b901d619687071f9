// One check of stored bytes at a time: how far it is, and what it found.
import { signal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { VerifyReport, VerifyScope } from "../../protocol/care-api.ts";
import type { DownloadProgress } from "../../protocol/downloads.ts";

export interface RunningCheck {
  readonly scope: VerifyScope;
  readonly progress: DownloadProgress | null;
  readonly startedMs: number;
}

export interface EndedCheck {
  readonly scope: VerifyScope;
  readonly report: VerifyReport;
}

export class VerifyState {
  readonly running = signal<RunningCheck | null>(null);
  readonly ended = signal<EndedCheck | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly #cairn: Pick<Cairn, "verify">;
  #abort = new AbortController();

  constructor(cairn: Pick<Cairn, "verify">) {
    this.#cairn = cairn;
  }

  /** Whether there is anything to show. */
  get isShown(): boolean {
    return [this.running, this.ended, this.problem].some(({ value }) => value !== null);
  }

  /** Checks what is in the scope, unless a check is under way. */
  async start(scope: VerifyScope): Promise<void> {
    if (this.running.value !== null) return;
    this.clear();
    this.#abort = new AbortController();
    const startedMs = performance.now();
    this.running.value = { scope, progress: null, startedMs };
    try {
      const report = await this.#cairn.verify(scope, {
        onProgress: (progress) => {
          if (this.running.value !== null) this.running.value = { scope, progress, startedMs };
        },
        signal: this.#abort.signal,
      });
      this.ended.value = { scope, report };
    } catch (error) {
      if (!isCairnError(error, "aborted")) this.problem.value = problemOf(error);
    }
    this.running.value = null;
  }

  cancel(): void {
    this.#abort.abort();
  }

  clear(): void {
    this.ended.value = null;
    this.problem.value = null;
  }
}
