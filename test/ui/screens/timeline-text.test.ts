import { expect, test } from "vitest";
import type { VersionNumber } from "../../../src/core/version.ts";
import {
  chooseForCompare,
  describeSizeChange,
  firstLine,
  matchesText,
  suggestAliases,
} from "../../../src/ui/screens/version/timeline-text.ts";

test.each([
  [100, undefined, ""],
  [100, 100, "same size"],
  [1_500_000, 500_000, "+1 MB"],
  [0, 2_000, "−2 kB"],
])("%i bytes after %s: %s", (size, before, text) =>
  expect(describeSizeChange(size, before)).toBe(text),
);

test.each([
  ["", ""],
  ["\n \n  Wider layers \nmore", "Wider layers"],
  ["one", "one"],
])("the first line of %j", (text, line) => expect(firstLine(text)).toBe(line));

test("two are compared; a third takes the place of the first, and one is let go by a second press", () => {
  const third = [1, 2, 3].reduce<readonly number[]>(chooseForCompare, []);
  expect(third).toEqual([2, 3]);
  expect(chooseForCompare(third, 2)).toEqual([3]);
});

test("a version is found by its number, an alias or its note", () => {
  const summary = {
    version: { number: 12 as VersionNumber, description: "Wider layers" },
    aliases: ["latest", "prod"],
  };
  const found = ["", "12", "v12", "V1", "PRO", "wider", "2", "x"].map((typed) =>
    matchesText(summary, typed),
  );
  expect(found).toEqual([true, true, true, true, true, true, false, false]);
});

test("aliases that stand elsewhere are offered first, then common ones nobody has", () => {
  const holders = new Map([
    ["latest", 9],
    ["eu", 3],
    ["prod", 2],
    ["here", 5],
  ]);
  expect(suggestAliases(holders, 5, "", 9)).toEqual(["eu", "prod", "best", "staging"]);
  expect(suggestAliases(holders, 5, "", 2)).toEqual(["eu", "prod"]);
  expect(suggestAliases(holders, 5, "ST", 9)).toEqual(["best", "staging"]);
  expect(suggestAliases(holders, 5, "best", 9)).toEqual([]);
});
