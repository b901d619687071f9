// Something fetched: its phases, with late answers dropped and silent refetching.
import { signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";

export type Resource<T> =
  | { readonly phase: "loading" }
  | { readonly phase: "ready"; readonly value: T }
  | { readonly phase: "failed"; readonly problem: Problem };

/** Fetches into a signal; only the answer to the newest request counts. */
export class Loader<T> {
  readonly #state = signal<Resource<T>>({ phase: "loading" });
  #request = 0;

  get state(): ReadonlySignal<Resource<T>> {
    return this.#state;
  }

  /** Fetches anew, showing the phase `loading` until the answer is here. */
  async load(fetch: () => Promise<T>): Promise<void> {
    this.#state.value = { phase: "loading" };
    await this.refresh(fetch);
  }

  /** Fetches again behind what is shown. */
  async refresh(fetch: () => Promise<T>): Promise<void> {
    const request = ++this.#request;
    let next: Resource<T>;
    try {
      next = { phase: "ready", value: await fetch() };
    } catch (error) {
      next = { phase: "failed", problem: problemOf(error) };
    }
    if (request === this.#request) this.#state.value = next;
  }
}
