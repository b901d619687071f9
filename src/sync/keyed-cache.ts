// Keeps what takes long to work out for as long as what it was made of stays the same.

export class KeyedCache<T> {
  readonly #kept = new Map<string, { readonly stamp: string; readonly value: Promise<T> }>();

  /**
   * What was made, or is being made, for a name, unless its stamp is another by now.
   *
   * @param stamp changes with whatever the value is made of
   */
  get(name: string, stamp: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(name);
    if (kept?.stamp === stamp) return kept.value;
    const made = { stamp, value: make() };
    this.#kept.set(name, made);
    made.value.catch(() => {
      if (this.#kept.get(name) === made) this.#kept.delete(name);
    });
    return made.value;
  }
}
