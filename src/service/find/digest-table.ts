// Distinct digests numbered as they come: 32 bytes and a slot each, where a Map of texts would take five times that.
import { DIGEST_BYTES, readDigest, writeDigest, type Digest } from "../../core/digest.ts";

/** A slot that holds nothing; others hold a number above it. */
const EMPTY = 0;

export class DigestTable {
  #bytes = new Uint8Array(1_024 * DIGEST_BYTES);
  #slots = new Uint32Array(4_096);
  #size = 0;
  readonly #scratch = new Uint8Array(DIGEST_BYTES);

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#bytes.byteLength + this.#slots.byteLength;
  }

  /** The number of the digest whose bytes stand in `source` at `offset`, or -1. */
  find(source: Uint8Array, offset: number): number {
    return (this.#slots[this.#slotOf(source, offset)] ?? EMPTY) - 1;
  }

  /** As {@link find}; a digest not known yet gets the next number. */
  add(source: Uint8Array, offset: number): number {
    const slot = this.#slotOf(source, offset);
    const known = this.#slots[slot] ?? EMPTY;
    if (known !== EMPTY) return known - 1;
    const from = this.#size * DIGEST_BYTES;
    if (from === this.#bytes.length) this.#bytes = doubled(this.#bytes);
    this.#bytes.set(source.subarray(offset, offset + DIGEST_BYTES), from);
    this.#slots[slot] = ++this.#size;
    if (2 * this.#size > this.#slots.length) this.#spread();
    return this.#size - 1;
  }

  findText(digest: Digest): number {
    writeDigest(digest, this.#scratch, 0);
    return this.find(this.#scratch, 0);
  }

  addText(digest: Digest): number {
    writeDigest(digest, this.#scratch, 0);
    return this.add(this.#scratch, 0);
  }

  digestAt(number: number): Digest {
    return readDigest(this.#bytes, number * DIGEST_BYTES);
  }

  /** The first numbers, at most `limit`, of digests whose hex begins so. */
  startingWith(hex: string, limit: number): readonly number[] {
    const whole = hex.length >> 1;
    const wanted = Array.from({ length: whole }, (_, i) =>
      Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
    );
    const half = hex.length % 2 === 0 ? null : Number.parseInt(hex.slice(-1), 16);
    const first = wanted[0] ?? 0;
    const found: number[] = [];
    const end = this.#size * DIGEST_BYTES;
    for (let at = 0; at < end && found.length < limit; at += DIGEST_BYTES) {
      // Nearly every one is told by its first byte.
      if (whole > 0 && this.#bytes[at] !== first) continue;
      if (half !== null && (this.#bytes[at + whole] ?? 0) >> 4 !== half) continue;
      if (wanted.every((byte, i) => this.#bytes[at + i] === byte)) found.push(at / DIGEST_BYTES);
    }
    return found;
  }

  /** Where the digest stands, or the empty slot where it would. */
  #slotOf(source: Uint8Array, offset: number): number {
    const mask = this.#slots.length - 1;
    // A digest's bytes are as good as random: the first four are hash enough.
    let slot =
      (((source[offset] ?? 0) << 24) |
        ((source[offset + 1] ?? 0) << 16) |
        ((source[offset + 2] ?? 0) << 8) |
        (source[offset + 3] ?? 0)) &
      mask;
    for (;;) {
      const known = this.#slots[slot] ?? EMPTY;
      if (known === EMPTY || this.#isAt(known - 1, source, offset)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(number: number, source: Uint8Array, offset: number): boolean {
    const from = number * DIGEST_BYTES;
    for (let i = 0; i < DIGEST_BYTES; i++)
      if (this.#bytes[from + i] !== source[offset + i]) return false;
    return true;
  }

  #spread(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++)
      this.#slots[this.#slotOf(this.#bytes, number * DIGEST_BYTES)] = number + 1;
  }
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(2 * bytes.length);
  wider.set(bytes);
  return wider;
}
