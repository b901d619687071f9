// Numbers for contents: rows of two manifests that hold the same get the same one.
import { DIGEST_BYTES } from "./digest.ts";
import type { Manifest } from "./manifest.ts";

const WORDS = DIGEST_BYTES / 4;

export interface ContentIds {
  /** By row of the one and of the other manifest. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Ids are below this. */
  readonly count: number;
}

/**
 * Numbers the contents of two manifests. A hash table over the digests themselves takes a tenth of
 * the time that a Map of their texts does, and this runs on the page for 100,000 rows.
 */
export function contentIds(before: Manifest, after: Manifest): ContentIds {
  const numbering = new Numbering(before.paths.length + after.paths.length);
  return {
    before: numbering.number(before),
    after: numbering.number(after),
    count: numbering.count,
  };
}

class Numbering {
  /** Id plus one at a digest's place or the next free one; 0 is free. */
  readonly #table: Int32Array;
  /** By id: digest and size of a content. */
  readonly #words: Uint32Array;
  readonly #sizes: Float64Array;
  readonly #references = new Map<string, number>();
  count = 0;

  constructor(rows: number) {
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2)));
    this.#words = new Uint32Array(rows * WORDS);
    this.#sizes = new Float64Array(rows);
  }

  number({ paths, digests, sizes, refs = [] }: Manifest): Int32Array {
    // A copy: a column may begin anywhere in its buffer.
    const words = new Uint32Array(digests.slice().buffer);
    const ids = new Int32Array(paths.length).fill(-1);
    // Of a reference the address counts too, as it does for identity.
    for (const { row, uri, digest } of refs)
      ids[row] = this.#idOfReference(JSON.stringify([uri, digest, sizes[row]]));
    for (let row = 0; row < ids.length; row++)
      if (ids[row] === -1) ids[row] = this.#idOf(words, row * WORDS, sizes[row] ?? 0);
    return ids;
  }

  #idOf(words: Uint32Array, at: number, size: number): number {
    const mask = this.#table.length - 1;
    let place = mixed((words[at] ?? 0) ^ (words[at + 1] ?? 0)) & mask;
    for (;;) {
      const id = (this.#table[place] ?? 0) - 1;
      if (id < 0) break;
      if (this.#sizes[id] === size && this.#isDigest(id, words, at)) return id;
      place = (place + 1) & mask;
    }
    const id = this.count++;
    this.#table[place] = id + 1;
    this.#words.set(words.subarray(at, at + WORDS), id * WORDS);
    this.#sizes[id] = size;
    return id;
  }

  #isDigest(id: number, words: Uint32Array, at: number): boolean {
    for (let i = 0; i < WORDS; i++) if (this.#words[id * WORDS + i] !== words[at + i]) return false;
    return true;
  }

  #idOfReference(key: string): number {
    const id = this.#references.get(key) ?? this.count++;
    this.#references.set(key, id);
    return id;
  }
}

/** Spreads what differs over all bits: digests that were made up may be alike where real ones never are. */
function mixed(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
