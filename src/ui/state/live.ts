// Something that changes while it is looked at: fetched again when told to, one answer at a time.
import { signal, type ReadonlySignal } from "@preact/signals";
import { isCairnError, problemOf } from "../../core/errors.ts";
import type { Resource } from "./resource.ts";

/** Told to refresh ten times while one answer is on its way, it asks once more. */
export class Live<T> {
  readonly #state = signal<Resource<T>>({ phase: "loading" });
  readonly #fetch: () => Promise<T>;
  #running: Promise<void> | null = null;
  #isStale = false;
  /** What changed while an answer is on its way, which may not know of it yet. */
  #changes: ((value: T) => T)[] = [];

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  get state(): ReadonlySignal<Resource<T>> {
    return this.#state;
  }

  /** Fetches it, again if that is under way. Resolves when what is shown is no older than the call. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Changes what is shown, where there is something. */
  patch(change: (value: T) => T): void {
    const state = this.#state.value;
    if (this.#running !== null) this.#changes.push(change);
    if (state.phase === "ready") this.#state.value = { phase: "ready", value: change(state.value) };
  }

  async #run(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      this.#changes = [];
      try {
        let value: T = await this.#fetch();
        for (const change of this.#changes) value = change(value);
        this.#state.value = { phase: "ready", value };
      } catch (error) {
        // What is shown was right a moment ago, unless it is gone.
        if (this.#state.value.phase !== "ready" || isCairnError(error, "not_found"))
          this.#state.value = { phase: "failed", problem: problemOf(error) };
      }
    }
    this.#running = null;
  }
}
