// Bytes on their way: here from a remote, or given up here. One such job at a time, on whichever page.
import { signal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { AppState } from "./app-state.ts";
import type { EvictPlan, EvictScope, SyncProgress } from "../../protocol/sync-api.ts";
import { tellOf } from "./moving-bytes.ts";

export interface RunningBytes {
  readonly kind: "fetch" | "evict";
  readonly scope: EvictScope;
  /** `null` before the first is known. */
  readonly progress: SyncProgress | null;
}

export interface FailedBytes {
  readonly kind: "fetch" | "evict";
  readonly scope: EvictScope;
  readonly problem: Problem;
}

type ByteMover = Pick<Cairn["sync"], "evict" | "fetchAll">;

export class BytesJob {
  readonly running = signal<RunningBytes | null>(null);
  readonly failed = signal<FailedBytes | null>(null);
  readonly #sync: ByteMover;
  readonly #onMoved: () => void;
  #abort = new AbortController();

  /** @param onMoved called when a job ends, however it did: some bytes may be elsewhere now */
  constructor(sync: ByteMover, onMoved: () => void) {
    this.#sync = sync;
    this.#onMoved = onMoved;
  }

  /** Brings all bytes of the scope here. Answers whether it did: not after a cancel or a failure. */
  async fetch(scope: EvictScope): Promise<boolean> {
    const done = await this.#run("fetch", scope, async (options) => {
      await this.#sync.fetchAll(scope, options);
      return true;
    });
    return done ?? false;
  }

  /** Gives up what a remote was just seen to have. `null` after a cancel or a failure. */
  evict(scope: EvictScope): Promise<EvictPlan | null> {
    return this.#run("evict", scope, (options) => this.#sync.evict(scope, options));
  }

  /** Whether there is anything to say of it. */
  get isShown(): boolean {
    return this.running.value !== null || this.failed.value !== null;
  }

  cancel(): void {
    this.#abort.abort();
  }

  clear(): void {
    this.failed.value = null;
  }

  async #run<T>(
    kind: RunningBytes["kind"],
    scope: EvictScope,
    move: (options: Parameters<ByteMover["evict"]>[1]) => Promise<T>,
  ): Promise<T | null> {
    if (this.running.value !== null) return null;
    this.clear();
    this.#abort = new AbortController();
    this.running.value = { kind, scope, progress: null };
    try {
      return await move({
        onProgress: (progress) => {
          if (this.running.value !== null) this.running.value = { kind, scope, progress };
        },
        signal: this.#abort.signal,
      });
    } catch (error) {
      if (!isCairnError(error, "aborted"))
        this.failed.value = { kind, scope, problem: problemOf(error) };
      return null;
    } finally {
      this.running.value = null;
      this.#onMoved();
    }
  }
}

type MovingApp = Pick<AppState, "cairn" | "bytesMoved">;

const jobs = new WeakMap<MovingApp, BytesJob>();

/** The app's job: it goes on when its page is left, and shows again there. */
export function bytesJobOf(app: MovingApp): BytesJob {
  const known = jobs.get(app);
  if (known !== undefined) return known;
  const job = new BytesJob(app.cairn.sync, () => app.bytesMoved());
  jobs.set(app, job);
  tellOf(job);
  return job;
}
