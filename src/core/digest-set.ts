// A set of digests that whole manifests are taken away from, without spelling each row's digest out.
import { readDigest, writeDigest, DIGEST_BYTES, type Digest } from "./digest.ts";

/** Digests by the first four of their bytes: nearly every row that is not in the set is told by those alone. */
export class DigestSet {
  readonly #byPrefix = new Map<number, Digest[]>();
  readonly #scratch = new Uint8Array(DIGEST_BYTES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(digest: Digest): void {
    const prefix = this.#prefixOf(digest);
    const bucket = this.#byPrefix.get(prefix);
    if (bucket === undefined) this.#byPrefix.set(prefix, [digest]);
    else if (bucket.includes(digest)) return;
    else bucket.push(digest);
    this.#size++;
  }

  has(digest: Digest): boolean {
    return this.#byPrefix.get(this.#prefixOf(digest))?.includes(digest) === true;
  }

  delete(digest: Digest): void {
    this.#remove(this.#prefixOf(digest), digest);
  }

  /** Takes away every digest in a manifest's column of 32-byte rows. */
  deleteRows(column: Uint8Array): void {
    const view = new DataView(column.buffer, column.byteOffset, column.byteLength);
    for (let at = 0; at < column.byteLength && this.#size > 0; at += DIGEST_BYTES) {
      const prefix = view.getUint32(at);
      if (this.#byPrefix.has(prefix)) this.#remove(prefix, readDigest(column, at));
    }
  }

  *[Symbol.iterator](): Generator<Digest> {
    for (const bucket of this.#byPrefix.values()) yield* bucket;
  }

  #remove(prefix: number, digest: Digest): void {
    const bucket = this.#byPrefix.get(prefix);
    const at = bucket?.indexOf(digest) ?? -1;
    if (bucket === undefined || at < 0) return;
    if (bucket.length === 1) this.#byPrefix.delete(prefix);
    else bucket.splice(at, 1);
    this.#size--;
  }

  #prefixOf(digest: Digest): number {
    writeDigest(digest, this.#scratch, 0);
    return new DataView(this.#scratch.buffer).getUint32(0);
  }
}
