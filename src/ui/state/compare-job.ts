// Comparing two files in the worker: one job at a time, with its progress; late answers are dropped.
import { signal } from "@preact/signals";
import { newJobId } from "../../client/job-id.ts";
import type { PreviewWorker } from "../../client/preview-worker.ts";
import { CairnError, isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { JobId } from "../../protocol/jobs.ts";

export type ComparePhase<T> =
  | { readonly phase: "running"; readonly done: number; readonly total: number }
  | { readonly phase: "cancelled" }
  | { readonly phase: "failed"; readonly problem: Problem }
  | { readonly phase: "ready"; readonly value: T; readonly job: JobId };

export type CompareCall<T> = (
  api: PreviewWorker["api"],
  job: JobId,
  onProgress: (done: number, total: number) => void,
) => Promise<T>;

/** The worker of a page that compares: started when it is first needed, and again after a stop. */
export class CompareWorker {
  readonly #start: () => PreviewWorker;
  #worker: PreviewWorker | null = null;
  /** Each ends a call under way: a worker that was stopped never settles it. */
  readonly #waiting = new Set<() => void>();

  constructor(start: () => PreviewWorker) {
    this.#start = start;
  }

  /** Asks the worker. Throws `aborted` once it is stopped. */
  async ask<T>(call: (api: PreviewWorker["api"]) => Promise<T>): Promise<T> {
    const worker = (this.#worker ??= this.#start());
    let end = (): void => undefined;
    const stopped = new Promise<never>((_, reject) => {
      end = () => reject(new CairnError("aborted", {}));
      this.#waiting.add(end);
    });
    try {
      return await Promise.race([call(worker.api), stopped]);
    } catch (error) {
      if (isCairnError(error, "worker_lost") && this.#worker === worker) this.stop();
      throw error;
    } finally {
      this.#waiting.delete(end);
    }
  }

  /** Ends a job and what is kept of it. A worker that was stopped knows of none, and is not started for it. */
  release(job: JobId): void {
    if (this.#worker !== null) this.ask((api) => api.cancelCompare(job)).catch(() => undefined);
  }

  /** Ends the worker, whatever it is at; the next question starts another. */
  stop(): void {
    this.#worker?.stop();
    this.#worker = null;
    for (const end of this.#waiting) end();
  }
}

/** One comparison, and what it came to. */
export class CompareJob<T> {
  readonly state = signal<ComparePhase<T>>({ phase: "running", done: 0, total: 0 });
  readonly #worker: CompareWorker;
  #job: JobId | null = null;

  constructor(worker: CompareWorker) {
    this.#worker = worker;
  }

  /** Starts; what ran before is ended. */
  async run(call: CompareCall<T>): Promise<void> {
    this.close();
    const job = (this.#job = newJobId());
    this.state.value = { phase: "running", done: 0, total: 0 };
    const onProgress = (done: number, total: number): void => {
      if (this.#job === job && this.state.value.phase === "running")
        this.state.value = { phase: "running", done, total };
    };
    try {
      const value = await this.#worker.ask((api) => call(api, job, onProgress));
      if (this.#job === job) this.state.value = { phase: "ready", value, job };
    } catch (error) {
      if (this.#job !== job) return;
      this.state.value = isCairnError(error, "aborted")
        ? { phase: "cancelled" }
        : { phase: "failed", problem: problemOf(error) };
    }
  }

  cancel(): void {
    this.close();
    this.state.value = { phase: "cancelled" };
  }

  /** Lets go of the job and what the worker keeps of it. */
  close(): void {
    const job = this.#job;
    this.#job = null;
    if (job !== null) this.#worker.release(job);
  }
}
