import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compareMetadata, compareNumbers } from "../../src/core/compare-metadata.ts";
import type { JsonObject } from "../../src/core/json.ts";

function marks(before: JsonObject, after: JsonObject): readonly string[] {
  return compareMetadata(before, after).map(({ mark, path }) => `${mark} ${path}`);
}

describe("paths", () => {
  it("compares nested keys at dotted paths, what is gone last", () => {
    expect(
      marks(
        { train: { lr: 0.1, epochs: 3 }, old: 1 },
        { train: { lr: 0.2, epochs: 3 }, new: null },
      ),
    ).toEqual(["changed train.lr", "same train.epochs", "added new", "removed old"]);
  });

  it("takes a list of scalars for one value, and walks a list of objects", () => {
    expect(marks({ sizes: [1, 2] }, { sizes: [1, 2, 3] })).toEqual(["changed sizes"]);
    expect(marks({ layers: [{ n: 1 }, { n: 2 }] }, { layers: [{ n: 1 }, { n: 3 }] })).toEqual([
      "same layers[0].n",
      "changed layers[1].n",
    ]);
  });

  it("tells a dotted key from a nested one", () => {
    expect(marks({ "a.b": 1 }, { a: { b: 1 } })).toEqual(["added a.b", 'removed "a.b"']);
  });

  it("[C4] keeps apart an empty object, a missing key and null", () => {
    expect(marks({ a: {}, b: null }, { a: { c: 1 } })).toEqual([
      "added a.c",
      "removed a",
      "removed b",
    ]);
  });
});

it.each([
  [0.93, 0.95, 0.02, 2.1505],
  [0.1, 0.3, 0.2, 200],
  [100, 50, -50, -50],
  [-2, -1, 1, 50],
  [0, 5, 5, null],
  [1e20, 2e20, 1e20, 100],
  [1e-9, 3e-9, 2e-9, 200],
])("from %d to %d is %d", (before, after, difference, percent) => {
  const found = compareNumbers(before, after);
  expect(found.difference).toBe(difference);
  expect(found.percent === null).toBe(percent === null);
  expect(found.percent ?? 0).toBeCloseTo(percent ?? 0, 3);
});

it("gives numbers for numbers only", () => {
  expect(compareMetadata({ a: 1, b: 1 }, { a: "1", b: 2 }).map(({ numbers }) => numbers)).toEqual([
    null,
    { difference: 1, percent: 100 },
  ]);
});

test("[C4] nothing differs between metadata and itself, whatever its order of keys", () => {
  const value = fc.letrec<{ json: unknown; object: Record<string, unknown> }>((tie) => ({
    json: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.constant(null),
      tie("object"),
      fc.array(fc.integer()),
    ),
    object: fc.dictionary(fc.string(), tie("json"), { maxKeys: 4, noNullPrototype: true }),
  })).object;
  fc.assert(
    fc.property(value, (given) => {
      const metadata = given as JsonObject;
      const turned: JsonObject = Object.fromEntries(Object.entries(metadata).toReversed());
      expect(compareMetadata(metadata, turned).every(({ mark }) => mark === "same")).toBe(true);
    }),
  );
});
