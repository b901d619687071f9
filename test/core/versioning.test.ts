import { describe, expect, test } from "vitest";
import { planAliases } from "../../src/core/alias.ts";
import { LATEST, parseAlias } from "../../src/core/names.ts";
import {
  findVersionNumber,
  formatVersion,
  nextVersion,
  type VersionNumber,
} from "../../src/core/version.ts";
import { planVersion } from "../../src/core/versioning.ts";

const v = (number: number): VersionNumber => number as VersionNumber;
const prod = parseAlias("prod");
const dev = parseAlias("dev");

describe("version numbers", () => {
  test.each([
    ["v0", 0],
    ["v1", 1],
    ["v10", 10],
    ["v999999999999999", 999_999_999_999_999],
  ])("[V1] %j is number %d", (text, number) => {
    expect(findVersionNumber(text)).toBe(number);
    expect(formatVersion(v(number))).toBe(text);
  });

  test.each([
    "",
    "v",
    "3",
    "V3",
    "v03",
    "v-1",
    "v1.0",
    "v1 ",
    "v1\n",
    "v1e3",
    "v٣",
    "v9999999999999999",
  ])("[V1] %j is no version", (text) => {
    expect(findVersionNumber(text)).toBeUndefined();
  });

  test("[V1] the first is v0, each next one more", () => {
    expect(nextVersion(null)).toBe(0);
    expect(nextVersion(v(0))).toBe(1);
  });
});

describe("what a log becomes", () => {
  test("[V1] new content takes the number after the highest ever given out", () => {
    expect(planVersion(null, null)).toEqual({ kind: "create", number: 0 });
    expect(planVersion(null, v(7))).toEqual({ kind: "create", number: 8 });
  });

  test("[V2] identical content is the version that holds it", () => {
    expect(planVersion(v(2), v(7))).toEqual({ kind: "reuse", number: 2 });
    expect(planVersion(v(0), v(0))).toEqual({ kind: "reuse", number: 0 });
  });
});

describe("where aliases go", () => {
  const create = planVersion(null, v(1));
  const reuse = planVersion(v(0), v(1));
  const holders = new Map([
    [LATEST, v(1)],
    [prod, v(0)],
  ]);

  test("[A2] latest goes to a new version", () => {
    expect(planAliases(create, [], holders)).toEqual([{ alias: LATEST, from: 1, to: 2 }]);
    expect(planAliases(planVersion(null, null), [], new Map())).toEqual([
      { alias: LATEST, from: null, to: 0 },
    ]);
  });

  test("[A2] latest stays where it is when content is logged again", () => {
    expect(planAliases(reuse, [], holders)).toEqual([]);
  });

  test("[A3] given aliases go to the result, new or old, and tell whence", () => {
    expect(planAliases(create, [prod, dev], holders)).toEqual([
      { alias: prod, from: 0, to: 2 },
      { alias: dev, from: null, to: 2 },
      { alias: LATEST, from: 1, to: 2 },
    ]);
    expect(planAliases(planVersion(v(1), v(1)), [prod], holders)).toEqual([
      { alias: prod, from: 0, to: 1 },
    ]);
  });

  test("[A7] an alias already there is no move, however often it is given", () => {
    expect(planAliases(reuse, [prod], holders)).toEqual([]);
    expect(
      planAliases(create, [dev, dev], holders).filter(({ alias }) => alias === dev),
    ).toHaveLength(1);
  });
});
