import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FIT,
  fitOf,
  foldLetters,
  letterMask,
  stretchesOf,
  wantedOf,
  type Wanted,
} from "../../src/core/search-match.ts";

function wanted(typed: string): Wanted {
  const found = wantedOf(typed);
  if (found === null) throw new Error("nothing is wanted");
  return found;
}

function fit(text: string, typed: string): number | null {
  return fitOf(foldLetters(text), wanted(typed));
}

/** The text with what fits in brackets. */
function marked(text: string, typed: string): string {
  let result = "";
  let at = 0;
  for (const { from, to } of stretchesOf(text, wanted(typed))) {
    result += `${text.slice(at, from)}[${text.slice(from, to)}]`;
    at = to;
  }
  return result + text.slice(at);
}

test.each([
  ["net", "net", FIT.whole],
  ["Net", " nET ", FIT.whole],
  ["network", "net", FIT.start],
  ["my-network", "net", FIT.word],
  ["subnet of my net", "net", FIT.word],
  ["subnet", "net", FIT.piece],
  ["new-test", "net", FIT.scattered],
  ["digits/mnist-cnn", "mcnn", FIT.scattered],
  ["digits/mnist-cnn", "dcnn", FIT.scattered],
  ["a", "ab", null],
  ["nothing", "x", null],
  // Too far apart to be meant, and not from the beginning of a word.
  ["n0123456789e0123456789t", "net", null],
  ["xnyeyt", "net", null],
])("%s fits %s: %s", (text, typed, expected) => {
  expect(fit(text, typed)).toBe(expected);
});

test("[Q1] each word has to fit, wherever it stands, and the worst counts", () => {
  expect(fit("digits/mnist-cnn", "cnn digits")).toBe(FIT.word);
  expect(fit("digits/mnist-cnn", "digits nist")).toBe(FIT.piece);
  expect(fit("digits/mnist-cnn", "digits gone")).toBeNull();
  expect(fit("two words", "two words")).toBe(FIT.whole);
});

test("nothing but space is nothing to look for", () => {
  expect(wantedOf("")).toBeNull();
  expect(wantedOf(" \t ")).toBeNull();
});

test.each([
  ["Network", "net", "[Net]work"],
  ["subnet of my net", "net", "subnet of my [net]"],
  ["new-test", "net", "[ne]w-[t]est"],
  ["digits/mnist-cnn", "cnn dig", "[dig]its/mnist-[cnn]"],
  ["naïve", "ï", "na[ï]ve"],
  // Its small form is longer, and places must not move.
  ["İzmir net", "net", "İzmir [net]"],
  ["nothing", "x", "nothing"],
])("in %s, %s marks %s", (text, typed, expected) => {
  expect(marked(text, typed)).toBe(expected);
});

test("a text that fits has all the letters wanted, and marks as many", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."aB/-1é z"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (text, typed) => {
      const what = wantedOf(typed);
      if (what === null) return;
      const folded = foldLetters(text);
      const stretches = stretchesOf(text, what);
      expect(stretches.length > 0).toBe(fitOf(folded, what) !== null);
      if (stretches.length === 0) return;
      expect(letterMask(folded) & what.mask).toBe(what.mask);
      let end = -1;
      for (const { from, to } of stretches) {
        expect(from).toBeGreaterThan(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2_000 },
  );
});
