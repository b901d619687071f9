// Ends a request from which nothing comes any more, or that nobody wants.

/** One request's patience: each wait has its end, and the caller's signal ends it all. */
export class Watch {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.#stop();
    else outer.addEventListener("abort", this.#stop);
  }

  /** For `fetch`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits this long for the next thing to happen, instead of for the last one. */
  expect(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException("Nothing came in time.", "TimeoutError"));
    }, ms);
  }

  /** Waits for something of ours, which takes as long as it takes. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /** Ends the watching, and the request where it still lasts. */
  end(): void {
    this.rest();
    this.#outer.removeEventListener("abort", this.#stop);
    this.#controller.abort();
  }

  readonly #stop = (): void => {
    this.#controller.abort(this.#outer.reason);
  };
}
