import fc from "fast-check";
import { expect, test } from "vitest";
import { compareUtf8, utf8Length } from "../../src/core/utf8.ts";
import { unicodeText } from "./arbitraries.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test("[F1] the length is that of the encoded bytes", () => {
  fc.assert(
    fc.property(unicodeText, (text) => {
      expect(utf8Length(text)).toBe(bytesOf(text).length);
    }),
    { numRuns: 500 },
  );
  // A lone surrogate is encoded as U+FFFD: three bytes, as it counts here.
  expect(utf8Length("\ud800")).toBe(bytesOf("\ud800").length);
});

test("[M2] the order is that of the encoded bytes", () => {
  fc.assert(
    fc.property(unicodeText, unicodeText, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(Buffer.compare(bytesOf(a), bytesOf(b))));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["\ue000", "\u{10000}"],
  ["\uffff", "\u{10000}"],
  ["a\uffff", "a😀"],
  ["", "a"],
  ["a", "a\0"],
  ["a/b", "a0"],
  ["a-b", "a/b"],
  ["Z", "a"],
  ["z", "é"],
])("[M2] %j sorts before %j", (a, b) => {
  expect(compareUtf8(a, b)).toBeLessThan(0);
  expect(compareUtf8(b, a)).toBeGreaterThan(0);
  expect(compareUtf8(a, a)).toBe(0);
});
