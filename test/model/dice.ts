// Chance that comes out the same for the same seed.

/** Mulberry32. */
export class Dice {
  #state: number;
  #words = 0;
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to below a number. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  isLucky(chance: number): boolean {
    return this.next() < chance;
  }

  /** One of several. */
  pick<T>(values: readonly T[]): T {
    const value = this.maybe(values);
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  /** One of several, or `undefined` of none. */
  maybe<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)];
  }

  /** A word that it didn't say before. */
  word(): string {
    return `w${this.seed}-${this.#words++}`;
  }
}
