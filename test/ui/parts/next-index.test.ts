import { expect, it, test } from "vitest";
import { nextIndex, nextLine } from "../../../src/ui/parts/next-index.ts";

it("goes round in a short list", () => {
  expect(nextIndex("ArrowDown", 2, 3)).toBe(0);
  expect(nextIndex("ArrowUp", 0, 3)).toBe(2);
  expect(nextIndex("End", 0, 3)).toBe(2);
  expect(nextIndex("a", 1, 3)).toBe(null);
});

test.each([
  ["ArrowDown", 98, 99],
  ["ArrowDown", 99, 99],
  ["ArrowUp", 0, 0],
  ["PageDown", 3, 18],
  ["PageDown", 95, 99],
  ["PageUp", 3, 0],
  ["Home", 50, 0],
  ["End", 50, 99],
])("%s in a long list leads from %i to %i", (key, at, to) => {
  expect(nextLine(key, at, 100)).toBe(to);
});

it("leaves other keys to the list", () => {
  expect(nextLine("ArrowLeft", 3, 100)).toBe(null);
  expect(nextLine("Enter", 3, 100)).toBe(null);
});
