// What is typed, and what the store answered to it last.
import { signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";
import type { FindAnswer, FindRequest } from "../../protocol/find-api.ts";
import type { StoreApi } from "../../protocol/store-api.ts";

/** While files are read the same is asked again, as more is known: soon, then less and less often. */
const AGAIN_MS = [50, 100, 200, 400];

/** An answer and the text it is for. */
interface Answered extends FindAnswer {
  readonly text: string;
}

/**
 * Asks the store for what is typed. One question is under way at a time, and of those that come
 * meanwhile only the last is asked: typing never waits, and no answer comes after a newer one.
 */
export class PaletteState {
  readonly text = signal("");
  readonly #answer = signal<Answered | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #store: Pick<StoreApi, "find">;
  readonly #options: Omit<FindRequest, "text">;
  #isAsking = false;
  #isStale = false;
  #isClosed = false;
  #asked = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Pick<StoreApi, "find">, options: Omit<FindRequest, "text">) {
    this.#store = store;
    this.#options = options;
    this.ask();
  }

  get answer(): ReadonlySignal<Answered | null> {
    return this.#answer;
  }

  /** Whether the answer is to what is typed now. */
  get isAnswered(): boolean {
    return this.#answer.value?.text === this.text.value;
  }

  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  type(text: string): void {
    this.text.value = text;
    this.ask();
  }

  /** Asks anew, as something changed. */
  ask(): void {
    this.#isStale = true;
    if (!this.#isAsking) void this.#askOn();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
  }

  async #askOn(): Promise<void> {
    this.#isAsking = true;
    clearTimeout(this.#again);
    while (this.#isStale && !this.#isClosed) {
      this.#isStale = false;
      await this.#askOnce(this.text.peek());
    }
    this.#isAsking = false;
  }

  async #askOnce(text: string): Promise<void> {
    try {
      const answer = await this.#store.find({ ...this.#options, text });
      if (this.#isStale || this.#isClosed) return;
      this.#answer.value = { ...answer, text };
      this.#problem.value = null;
      if (answer.files.phase === "reading")
        this.#again = setTimeout(() => this.ask(), AGAIN_MS[this.#asked++] ?? AGAIN_MS.at(-1));
    } catch (error) {
      if (!this.#isStale) this.#problem.value = problemOf(error);
    }
  }
}
