import fc from "fast-check";
import { expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { checkTag, parseTags, TAG_MAX_LENGTH, TAGS_MAX_COUNT } from "../../src/core/tags.ts";
import { anyText } from "./arbitraries.ts";

test.each(["a", "A-1", "_", "-", "best run", "a b c", "0", "x".repeat(TAG_MAX_LENGTH)])(
  "[N5] %s is a tag",
  (tag) => expect(checkTag(tag)).toBeNull(),
);

test.each([
  ["", "empty"],
  [" a", "spaces"],
  ["a ", "spaces"],
  ["a  b", "spaces"],
  [" ", "spaces"],
  ["a.b", "letters"],
  ["a:b", "letters"],
  ["naïve", "letters"],
  ["a\tb", "letters"],
  ["a\u00a0b", "letters"],
  ["a\n", "spaces"],
  ["x".repeat(TAG_MAX_LENGTH + 1), "65 characters"],
])("[N5] %j is none", (tag, hint) => {
  expect(checkTag(tag)?.data.reason).toContain(hint);
});

test("[N5] what is taken is letters, digits, - and _ with single inner spaces, and nothing else", () => {
  const grammar = /^[\w-]+(?: [\w-]+)*$/;
  fc.assert(
    fc.property(fc.oneof(anyText, fc.stringMatching(/^[a-z_ -]{0,6}$/)), (text) => {
      const isValid = text.length <= TAG_MAX_LENGTH && grammar.test(text);
      expect(checkTag(text) === null).toBe(isValid);
    }),
  );
});

test("[N5] duplicates are dropped, the order stays, and letter case counts", () => {
  expect(parseTags(["b", "a", "b", "A"])).toEqual(["b", "a", "A"]);
  expect(parseTags([])).toEqual([]);
});

test("[N5] one bad tag refuses all, by name", () => {
  const call = (): unknown => parseTags(["good", "bad!"]);
  expect(call).toThrow(expect.objectContaining({ code: "invalid_tag" }));
  expect(call).toThrow("bad!");
});

test("[N5] at most a hundred tags on one thing, duplicates not counted", () => {
  const many = Array.from({ length: TAGS_MAX_COUNT }, (_, i) => `t${i}`);
  expect(parseTags([...many, ...many])).toHaveLength(TAGS_MAX_COUNT);
  let error: unknown;
  try {
    parseTags([...many, "one-more"]);
  } catch (thrown) {
    error = thrown;
  }
  expect(isCairnError(error, "invalid_tag") && error.data.tag).toBe("one-more");
});
