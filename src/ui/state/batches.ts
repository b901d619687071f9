// Small facts about rows, fetched together for all rows that come into view at once.
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";

export class Batches<Key extends string, Value> {
  readonly #fetch: (keys: readonly Key[]) => Promise<readonly Value[]>;
  readonly #known = new Map<string, Signal<Value | null>>();
  #waiting = new Map<Key, Signal<Value | null>>();

  constructor(fetch: (keys: readonly Key[]) => Promise<readonly Value[]>) {
    this.#fetch = fetch;
  }

  /**
   * What is known of a row: `null` until the answer is here, and for good where it never came.
   *
   * @param state changes when the row did, so that it is asked for again
   */
  of(key: Key, state: string): ReadonlySignal<Value | null> {
    const id = `${key} ${state}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const fresh = signal<Value | null>(null);
    this.#known.set(id, fresh);
    if (this.#waiting.size === 0) queueMicrotask(() => void this.#ask());
    this.#waiting.set(key, fresh);
    return fresh;
  }

  async #ask(): Promise<void> {
    const asked = this.#waiting;
    this.#waiting = new Map();
    // A list without its small pictures still says all there is to know.
    const values = await this.#fetch(Array.from(asked.keys())).catch(() => []);
    for (const [i, target] of Array.from(asked.values()).entries())
      target.value = values[i] ?? null;
  }
}
