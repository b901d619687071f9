import { describe, expect, test } from "vitest";
import {
  adminNames,
  aliasesOfLink,
  getLiveCollection,
  latestLink,
  linksTo,
  liveLinks,
  nameOf,
  protectionOf,
} from "../../../src/core/registry/views.ts";
import {
  after,
  ANN,
  collectionMade,
  collectionOf,
  DIGITS,
  linked,
  memberAdded,
  MO,
  moved,
  protectedBy,
  SAM,
  SAMPLE,
  sourceOf,
  unlinked,
  v,
} from "./sample.ts";

const OTHER = collectionOf("other");

describe("people", () => {
  test("are called by their name, else by how their key begins", () => {
    const state = after(SAMPLE, ANN, memberAdded(SAM, "", "admin"));
    expect([nameOf(state, MO), nameOf(SAMPLE, SAM), nameOf(state, SAM)]).toEqual([
      "Mo",
      "SSSSSSSS",
      "SSSSSSSS",
    ]);
    expect(adminNames(state)).toEqual(["Ann", "SSSSSSSS"]);
  });

  test("[P8] who takes another's name doesn't pass for them", () => {
    const state = after(SAMPLE, ANN, memberAdded(SAM, "Ann", "member"));
    expect([nameOf(state, ANN), nameOf(state, SAM)]).toEqual(["Ann (AAAAAAAA)", "Ann (SSSSSSSS)"]);
    expect(nameOf(state, MO)).toBe("Mo");
  });
});

describe("links", () => {
  const fewer = getLiveCollection(after(SAMPLE, MO, unlinked(2)), "digits");

  test("are those that were not taken away, newest first", () => {
    expect(liveLinks(fewer).map(({ number }) => number)).toEqual([1, 0]);
    expect(latestLink(fewer)).toBe(1);
  });

  test("have their aliases by name", () => {
    const state = after(SAMPLE, MO, moved("z", null, 1), moved("a", null, 1));
    const digits = getLiveCollection(state, "digits");
    expect(aliasesOfLink(digits, v(1))).toEqual(["a", "best", "z"]);
    expect(aliasesOfLink(digits, v(2))).toEqual([]);
  });

  test("[G8] of a version are found in every live collection", () => {
    const both = after(SAMPLE, MO, collectionMade(OTHER), linked(0, sourceOf(1), OTHER));
    const places = (state: typeof both): readonly string[] =>
      linksTo(state, sourceOf(1).version).map(
        ({ collection, link }) => `${collection.name}:${link.number}`,
      );
    expect(places(both)).toEqual(["digits:1", "other:0"]);
    expect(places(after(both, MO, unlinked(1, "best")))).toEqual(["other:0"]);
    expect(places(after(both, MO, { kind: "collection-deleted", collection: OTHER }))).toEqual([
      "digits:1",
    ]);
    expect(places(after(both, ANN, { kind: "registry-deleted" }))).toEqual([]);
    expect(linksTo(both, sourceOf(7).version)).toEqual([]);
  });
});

describe("[P1] what protects an alias", () => {
  const state = after(SAMPLE, ANN, protectedBy("*-eu"), protectedBy("prod-us"));

  test.each([
    ["production", "production"],
    ["prod-us", "prod-us"],
    ["prod-eu", "prod-*"],
    ["test-eu", "*-eu"],
    ["best", undefined],
    ["latest", undefined],
  ])("%s: %s", (alias, pattern) => {
    expect(protectionOf(state, alias)?.pattern).toBe(pattern);
  });

  test("is never an entry for what Cairn manages itself", () => {
    const all = after(SAMPLE, ANN, protectedBy("*"));
    expect(protectionOf(all, "latest")).toBeNull();
    expect(protectionOf(all, "v3")).toBeNull();
    expect(protectionOf(all, "anything")?.pattern).toBe("*");
  });
});

test("a collection that was deleted, or never was, is not found", () => {
  expect(getLiveCollection(SAMPLE, "digits").name).toBe(DIGITS);
  const gone = after(SAMPLE, ANN, { kind: "collection-deleted", collection: DIGITS });
  expect(() => getLiveCollection(gone, "digits")).toThrow("no collection “registry-models/digits”");
  expect(() => getLiveCollection(SAMPLE, "none")).toThrow("no collection");
});
