// Something fetched: its phases, with late answers dropped and silent refetching.
import { signal, type ReadonlySignal } from "@preact/signals";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";

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

  /** Fetches something else. What is shown stays until the answer is here. */
  load(fetch: () => Promise<T>): Promise<void> {
    return this.#fetch(fetch, () => false);
  }

  /** Fetches the same again. A failure leaves what is shown, right a moment ago, unless that was deleted. */
  refresh(fetch: () => Promise<T>): Promise<void> {
    return this.#fetch(
      fetch,
      (error) =>
        this.#state.value.phase === "ready" &&
        !isCairnError(error, "not_found") &&
        !isCairnError(error, "in_trash"),
    );
  }

  async #fetch(
    fetch: () => Promise<T>,
    ignoresFailure: (error: unknown) => boolean,
  ): Promise<void> {
    const request = ++this.#request;
    try {
      const value = await fetch();
      if (request === this.#request) this.#state.value = { phase: "ready", value };
    } catch (error) {
      if (request !== this.#request || ignoresFailure(error)) return;
      this.#state.value = { phase: "failed", problem: problemOf(error) };
    }
  }
}
