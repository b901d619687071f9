// A map to be changed without touching the one it came from.

/** Copies what it was given when it is first written to. */
export class MapDraft<Key, Value> {
  #current: ReadonlyMap<Key, Value>;
  #own: Map<Key, Value> | null = null;

  constructor(from: ReadonlyMap<Key, Value>) {
    this.#current = from;
  }

  /** As it is now; the very map given while nothing was written. Not for keeping while writing goes on. */
  get current(): ReadonlyMap<Key, Value> {
    return this.#current;
  }

  get(key: Key): Value | undefined {
    return this.#current.get(key);
  }

  has(key: Key): boolean {
    return this.#current.has(key);
  }

  set(key: Key, value: Value): void {
    this.#writable().set(key, value);
  }

  delete(key: Key): void {
    if (this.#current.has(key)) this.#writable().delete(key);
  }

  #writable(): Map<Key, Value> {
    this.#own ??= new Map(this.#current);
    this.#current = this.#own;
    return this.#own;
  }
}
