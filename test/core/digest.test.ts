import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DIGEST_BYTES,
  digestFromHex,
  findDigest,
  readDigest,
  shortDigest,
  writeDigest,
} from "../../src/core/digest.ts";
import { digest } from "./arbitraries.ts";

const HEX = "0123456789abcdef".repeat(4);

test("[M1] a digest is written blake3:<64 lower-case hex>", () => {
  expect(digestFromHex(HEX)).toBe(`blake3:${HEX}`);
  expect(findDigest(`blake3:${HEX}`)).toBe(`blake3:${HEX}`);
  expect(shortDigest(digestFromHex(HEX))).toBe("0123456789ab");
});

test.each([
  "",
  HEX,
  `sha256:${HEX}`,
  `blake3:${HEX}0`,
  `blake3:${HEX.slice(1)}`,
  `blake3:${HEX.toUpperCase()}`,
  `blake3:${HEX}\n`,
  ` blake3:${HEX}`,
])("[M1] %j is no digest", (text) => {
  expect(findDigest(text)).toBeUndefined();
});

test("[M1] anything but 64 hex characters can't become a digest", () => {
  for (const hex of ["", "xyz", HEX.toUpperCase(), `${HEX}0`])
    expect(() => digestFromHex(hex)).toThrow("not a BLAKE3 digest");
});

test("[M1] reading undoes writing, and neighbours are left alone", () => {
  fc.assert(
    fc.property(digest, fc.nat(40), (value, offset) => {
      const bytes = new Uint8Array(offset + DIGEST_BYTES + 1).fill(7);
      writeDigest(value, bytes, offset);
      expect(readDigest(bytes, offset)).toBe(value);
      expect(bytes.at(-1)).toBe(7);
      expect(bytes.subarray(0, offset).every((byte) => byte === 7)).toBe(true);
    }),
  );
});
