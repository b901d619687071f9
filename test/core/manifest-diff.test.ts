import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diffManifests } from "../../src/core/manifest-diff.ts";
import { entriesOf, manifestOf, type Manifest } from "../../src/core/manifest.ts";
import { parsePath } from "../../src/core/path.ts";
import { digestOfByte, manifest } from "./arbitraries.ts";

function naiveDiff(before: Manifest, after: Manifest): unknown {
  const old = new Map([...entriesOf(before)].map((entry) => [entry.path, entry]));
  const now = new Map([...entriesOf(after)].map((entry) => [entry.path, entry]));
  const both = [...now.values()].filter(({ path }) => old.has(path));
  const changed = both.filter((entry) => !isDeepStrictEqual(old.get(entry.path), entry));
  return {
    added: [...now.values()].filter(({ path }) => !old.has(path)),
    removed: [...old.values()].filter(({ path }) => !now.has(path)),
    changed: changed.map((entry) => ({ before: old.get(entry.path), after: entry })),
    unchangedCount: both.length - changed.length,
  };
}

test("agrees with a naive comparison", () => {
  fc.assert(
    fc.property(manifest, manifest, (before, after) => {
      expect(diffManifests(before, after)).toEqual(naiveDiff(before, after));
    }),
    { numRuns: 300 },
  );
});

test("[M3] nothing differs between a manifest and itself", () => {
  fc.assert(
    fc.property(manifest, (value) => {
      expect(diffManifests(value, value)).toEqual({
        added: [],
        removed: [],
        changed: [],
        unchangedCount: value.paths.length,
      });
    }),
  );
});

test("each list is in path order, astral paths last", () => {
  const of = (...paths: string[]) =>
    manifestOf(paths.map((path) => ({ path: parsePath(path), digest: digestOfByte(1), size: 1 })));
  expect(diffManifests(of(), of("😀", "\uffee", "b", "a")).added.map(({ path }) => path)).toEqual([
    "a",
    "b",
    "\uffee",
    "😀",
  ]);
  expect(diffManifests(of("\uffee"), of("😀"))).toMatchObject({
    added: [{ path: "😀" }],
    removed: [{ path: "\uffee" }],
    unchangedCount: 0,
  });
});
