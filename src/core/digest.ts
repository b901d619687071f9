// Content addresses: `blake3:<64 lower-case hex>` [M1].
import type { Brand } from "./brand.ts";
import { CairnError } from "./errors.ts";

export type Digest = Brand<string, "Digest">;

const HEX = /^[0-9a-f]{64}$/;
const PREFIX = "blake3:";
/** Bytes in a BLAKE3-256 digest. */
export const DIGEST_BYTES = 32;

/** A digest from 64 lower-case hex characters. Throws `internal` on anything else. */
export function digestFromHex(hex: string): Digest {
  if (!HEX.test(hex)) throw new CairnError("internal", { reason: `not a BLAKE3 digest: ${hex}` });
  return (PREFIX + hex) as Digest;
}

/** A digest from its text form, or `undefined`. */
export function findDigest(text: string): Digest | undefined {
  return text.startsWith(PREFIX) && HEX.test(text.slice(PREFIX.length))
    ? (text as Digest)
    : undefined;
}

/** The first characters of the hex, enough to recognise a digest on screen. */
export function shortDigest(digest: Digest): string {
  return digest.slice(PREFIX.length, PREFIX.length + 12);
}

/** Writes the digest's 32 bytes into `target` at `offset`. */
export function writeDigest(digest: Digest, target: Uint8Array, offset: number): void {
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const at = PREFIX.length + 2 * i;
    target[offset + i] = Number.parseInt(digest.slice(at, at + 2), 16);
  }
}

/** Reads the digest whose 32 bytes stand in `source` at `offset`. */
export function readDigest(source: Uint8Array, offset: number): Digest {
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const byte = source[offset + i] ?? 0;
    const at = PREFIX.length + 2 * i;
    TEXT_CODES[at] = HEX_CODES[byte >> 4] ?? 0;
    TEXT_CODES[at + 1] = HEX_CODES[byte & 15] ?? 0;
  }
  // In one piece: engines keep what is added up bit by bit as a chain ten times as large.
  return String.fromCharCode(...TEXT_CODES) as Digest;
}

const HEX_CODES = codesOf("0123456789abcdef");
/** A digest's text while it is put together. */
const TEXT_CODES = codesOf(PREFIX + "0".repeat(2 * DIGEST_BYTES));

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** What Cairn knows bytes by, and what others do. */
export interface Digests {
  readonly digest: Digest;
  /** 64 hex characters. */
  readonly sha256: string;
}
