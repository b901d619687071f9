import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkKeepRule,
  parseKeepRule,
  planKeep,
  type KeepCandidate,
  type KeepRule,
} from "../../src/core/keep.ts";
import type { VersionNumber } from "../../src/core/version.ts";

const NOW = "2026-03-31T00:00:00.000Z";

/** A version so many days old. */
function aged(number: number, days: number, more: Partial<KeepCandidate> = {}): KeepCandidate {
  return {
    number: number as VersionNumber,
    createdAt: new Date(Date.parse(NOW) - days * 86_400_000).toISOString(),
    sizeBytes: 1,
    aliases: [],
    tags: [],
    pinned: false,
    isLatest: false,
    isLinked: false,
    ...more,
  };
}

const rule = (lastN: number | null, olderThanDays: number | null): KeepRule => ({
  lastN,
  olderThanDays,
});

/** v0 to v4, from 50 days old to 10; v4 is latest. */
const LINE = [aged(0, 50), aged(1, 40), aged(2, 30), aged(3, 20), aged(4, 10, { isLatest: true })];

describe("which versions go", () => {
  test.each([
    ["all but the last two", rule(2, null), [0, 1, 2]],
    ["none when there are no more than that", rule(5, null), []],
    ["those older than 25 days", rule(null, 25), [0, 1, 2]],
    ["not one that is exactly as old", rule(null, 30), [0, 1]],
    ["only what both conditions take", rule(1, 35), [0, 1]],
    ["only what both conditions take, the other way", rule(4, 5), [0]],
  ])("[D4] %s", (_, given, goes) => {
    expect(planKeep(LINE, given, NOW)).toEqual({ goes, spared: [] });
    expect(planKeep(LINE.toReversed(), given, NOW).goes).toEqual(goes);
  });

  test("[D4] deleted numbers leave no gap in the last N: versions are counted, not numbers", () => {
    expect(planKeep([aged(0, 3), aged(7, 2), aged(9, 1)], rule(2, null), NOW).goes).toEqual([0]);
  });
});

describe("what is spared", () => {
  test.each([
    ["aliased", { aliases: ["prod"] }],
    ["linked", { isLinked: true }],
    ["tagged", { tags: ["good"] }],
    ["pinned", { pinned: true }],
    ["latest", { isLatest: true }],
  ] as const)("[D4] %s stays, and the dry run says why", (because, more) => {
    const versions = [aged(0, 50, more), aged(1, 40), aged(2, 1)];
    expect(planKeep(versions, rule(1, null), NOW)).toEqual({
      goes: [1],
      spared: [{ number: 0, because }],
    });
  });

  test("[D4] a rule never empties an artifact, and what it takes it names once", () => {
    const candidate = fc.record({
      days: fc.integer({ min: 0, max: 100 }),
      pinned: fc.boolean(),
      tags: fc.constantFrom([], ["t"]),
    });
    const some = fc.option(fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 12 }),
        some,
        some,
        (list, n, d) => {
          fc.pre(n !== null || d !== null);
          const versions = list.map(({ days, ...more }, i) =>
            aged(i, days, { ...more, isLatest: i === list.length - 1 }),
          );
          const { goes, spared } = planKeep(versions, rule(n, d), NOW);
          expect(goes).not.toContain(list.length - 1);
          const named = [...goes, ...spared.map(({ number }) => number)];
          expect(new Set(named).size).toBe(named.length);
          expect(goes).toEqual(goes.toSorted((a, b) => a - b));
          for (const number of goes) {
            expect(versions[number]).toMatchObject({ pinned: false, tags: [] });
            expect(number).toBeLessThan(list.length - (n ?? 0));
            expect(list[number]?.days).toBeGreaterThan(d ?? -1);
          }
        },
      ),
    );
  });
});

describe("rules", () => {
  test.each([rule(1, null), rule(null, 1), rule(100, 365)])("[D4] %j is a rule", (given) => {
    expect(checkKeepRule(given)).toBeNull();
    expect(parseKeepRule({ ...given, extra: 1 } as KeepRule)).toEqual(given);
  });

  test.each([
    rule(null, null),
    rule(0, null),
    rule(-1, null),
    rule(1.5, null),
    rule(null, 0),
    rule(null, Number.NaN),
    rule(1, Number.POSITIVE_INFINITY),
  ])("[D4] %j is none", (given) => {
    expect(checkKeepRule(given)?.code).toBe("invalid_text");
    expect(() => parseKeepRule(given)).toThrow("keep rule");
  });
});
