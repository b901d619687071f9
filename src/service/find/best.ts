// The best few of very many.

/** A fit, and a length to decide between equal ones: what most of many are told apart by. */
interface Ranked {
  readonly fit: number;
  readonly length: number;
}

/** The best so far, best first. */
export class Best<T extends Ranked> {
  readonly #limit: number;
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[] = [];
  #offered = 0;

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = (a, b) => a.fit - b.fit || a.length - b.length || compare(a, b);
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** Whether more were offered than are kept. */
  get isCut(): boolean {
    return this.#offered > this.#items.length;
  }

  /** Notes that there is one more, whether it is kept or not. */
  count(): void {
    this.#offered++;
  }

  /** Whether something is among the best; of those that are alike the first. */
  wants(fit: number, length: number): boolean {
    const last = this.#items.length === this.#limit ? this.#items.at(-1) : undefined;
    if (last === undefined) return this.#limit > 0;
    return fit < last.fit || (fit === last.fit && length < last.length);
  }

  add(item: T): void {
    let at = this.#items.length;
    while (at > 0 && this.#compare(item, this.#items[at - 1] ?? item) < 0) at--;
    this.#items.splice(at, 0, item);
    if (this.#items.length > this.#limit) this.#items.pop();
  }
}
