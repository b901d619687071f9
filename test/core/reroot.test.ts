import { expect, test } from "vitest";
import { reroot } from "../../src/core/reroot.ts";

test.each([
  ["a/b/c", 0, "", "a/b/c"],
  ["a/b/c", 1, "", "b/c"],
  ["a/b/c", 2, "", "c"],
  ["a/b/c", 9, "", "c"],
  ["c", 1, "", "c"],
  ["a/b", 1, "data", "data/b"],
  ["a/b", 0, "x/y", "x/y/a/b"],
])("%j without %d folders, below %j, is %j", (path, strip, prefix, expected) => {
  expect(reroot(path, { strip, prefix })).toBe(expected);
});
