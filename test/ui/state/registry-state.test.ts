import { describe, expect, it } from "vitest";
import type { Alias, ArtifactType } from "../../../src/core/names.ts";
import type {
  AliasPattern,
  CollectionName,
  MemberKey,
} from "../../../src/core/registry/records.ts";
import type { Protection } from "../../../src/core/registry/state.ts";
import type { Tag } from "../../../src/core/tags.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { CollectionSummary } from "../../../src/protocol/registry-link-api.ts";
import {
  coverage,
  describeCounts,
  shownCollections,
  tagsOf,
} from "../../../src/ui/state/registry-state.ts";

const AT = "2026-01-01T00:00:00.000Z";

const collection = (
  name: string,
  rest: {
    readonly type?: string;
    readonly tags?: readonly string[];
    /** Those that end with `!` are protected. */
    readonly aliases?: readonly string[];
  } = {},
): CollectionSummary => ({
  name: name as CollectionName,
  type: (rest.type ?? "model") as ArtifactType,
  tags: (rest.tags ?? []) as readonly Tag[],
  createdAt: AT,
  updatedAt: AT,
  links: 1,
  latest: 0 as VersionNumber,
  next: 1 as VersionNumber,
  aliases: (rest.aliases ?? []).map((alias, i) => ({
    alias: alias.replace("!", "") as Alias,
    number: i as VersionNumber,
    isProtected: alias.endsWith("!"),
  })),
});

const protection = (pattern: string, addedAt = AT): Protection => ({
  pattern: pattern as AliasPattern,
  condition: null,
  addedAt,
  addedBy: "k" as MemberKey,
});

const COLLECTIONS = [
  collection("digits", { tags: ["shipped", "small"], aliases: ["production!", "canary"] }),
  collection("faces", { tags: ["shipped"], aliases: ["prod-eu!"] }),
  collection("Eval", { type: "dataset", aliases: ["canary"] }),
];
const ALL = { type: "", tag: "", query: "" };
const names = (filter: Partial<typeof ALL>): readonly string[] =>
  shownCollections(COLLECTIONS, { ...ALL, ...filter }).map(({ name }) => name);

describe("which collections are shown", () => {
  it("all of them, in the order given, without a filter", () => {
    expect(names({})).toEqual(["digits", "faces", "Eval"]);
  });

  it("[T1] those with every tag asked for", () => {
    expect(names({ tag: "shipped" })).toEqual(["digits", "faces"]);
    expect(names({ tag: "shipped,small" })).toEqual(["digits"]);
    expect(names({ tag: "small,none" })).toEqual([]);
  });

  it("those whose name, type, alias or tag contains the text, whatever its case", () => {
    expect(names({ query: " eval " })).toEqual(["Eval"]);
    expect(names({ query: "CANARY" })).toEqual(["digits", "Eval"]);
    expect(names({ query: "dataset" })).toEqual(["Eval"]);
    expect(names({ query: "small" })).toEqual(["digits"]);
  });

  it("those of a type, and all filters at once", () => {
    expect(names({ type: "dataset" })).toEqual(["Eval"]);
    expect(names({ type: "model", query: "canary" })).toEqual(["digits"]);
    expect(names({ type: "dataset", tag: "shipped" })).toEqual([]);
  });
});

it("tags in the URL count once, and empty ones not at all", () => {
  expect(tagsOf("a,,b,a")).toEqual(["a", "b"]);
  expect(tagsOf("")).toEqual([]);
});

describe("what a protection covers", () => {
  const covered = (...protectionList: readonly Protection[]): Record<string, readonly string[]> =>
    Object.fromEntries(
      Array.from(coverage({ collectionList: COLLECTIONS, protectionList }), ([pattern, places]) => [
        pattern,
        places.map((place) => `${place.collection}:${place.held.alias}`),
      ]),
    );

  it("[P1] each alias under the one entry that protects it: its own name before any pattern", () => {
    expect(covered(protection("prod*"), protection("production"))).toEqual({
      "prod*": ["faces:prod-eu"],
      production: ["digits:production"],
    });
  });

  it("[P1] of two patterns under the one that was added first", () => {
    expect(covered(protection("p*", "2026-01-02T00:00:00.000Z"), protection("prod*"))).toEqual({
      "p*": [],
      "prod*": ["digits:production", "faces:prod-eu"],
    });
  });

  it("leaves out what nothing protects", () => {
    expect(covered(protection("staging"))).toEqual({ staging: [] });
  });
});

it("counts are said in words", () => {
  expect(describeCounts({ collections: 1, links: 1200, members: 2 })).toBe(
    "1 collection · 1,200 linked versions · 2 people",
  );
});
