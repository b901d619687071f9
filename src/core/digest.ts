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
  let hex = PREFIX;
  for (let i = 0; i < DIGEST_BYTES; i++) hex += BYTE_HEX[source[offset + i] ?? 0];
  return hex as Digest;
}

const BYTE_HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
