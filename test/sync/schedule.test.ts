// When the next round is due, and what a failure means for it: rules, without any time passing.
import { describe, expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { HubFailure } from "../../src/core/sync/hub-failure.ts";
import { consequenceOf } from "../../src/sync/failures-to-activity.ts";
import { dueAt, restingActivity, type Schedule } from "../../src/sync/schedule.ts";
import { failure } from "./tabs.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const T = Date.parse("2026-03-01T12:00:00.000Z");
const IDLE: Schedule = {
  isAsked: false,
  firstChange: null,
  lastChange: null,
  check: T,
  trouble: null,
};
const GOING = { pausedAt: null, notBefore: null };
const waiting = (until: number): Schedule["trouble"] => ({
  kind: "wait",
  ms: 0,
  isRule: false,
  why: "why",
  until,
});
const blocked = (isOurs: boolean): Schedule["trouble"] => ({
  kind: "blocked",
  failure: null,
  isOurs,
  why: "why",
  until: Number.POSITIVE_INFINITY,
});

test.each<
  [what: string, schedule: Partial<Schedule>, row: Partial<typeof GOING>, due: number | null]
>([
  ["the regular look", {}, {}, T],
  [
    "45 s after the last change",
    { check: T + 5 * MINUTE, firstChange: T, lastChange: T + 9 * SECOND },
    {},
    T + 54 * SECOND,
  ],
  [
    "3 min after the first one, however many come",
    { check: T + 5 * MINUTE, firstChange: T, lastChange: T + 170 * SECOND },
    {},
    T + 180 * SECOND,
  ],
  ["the regular look, if that is sooner", { firstChange: T, lastChange: T }, {}, T],
  ["after a cancel nothing by itself", { check: null }, {}, null],
  [
    "after a cancel the next change",
    { check: null, firstChange: T, lastChange: T },
    {},
    T + 45 * SECOND,
  ],
  [
    "a failure puts all off",
    { firstChange: T, lastChange: T, trouble: waiting(T + MINUTE) },
    {},
    T + MINUTE,
  ],
  [
    "blocked: nothing by itself",
    { firstChange: T, lastChange: T, trouble: blocked(false) },
    {},
    null,
  ],
  [
    "blocked by what is here: the next change",
    { firstChange: T, lastChange: T, trouble: blocked(true) },
    {},
    T + 45 * SECOND,
  ],
  ["paused: nothing", { firstChange: T, lastChange: T }, { pausedAt: "x" as never }, null],
  [
    "not before the hub said so",
    {},
    { notBefore: new Date(T + MINUTE).toISOString() as never },
    T + MINUTE,
  ],
  [
    "no rule of the hub lasts that long: the clock was wrong then",
    {},
    { notBefore: new Date(T + 100 * 60 * MINUTE).toISOString() as never },
    T,
  ],
  [
    "asked for: now, whatever else is",
    { isAsked: true, trouble: blocked(false) },
    { pausedAt: "x" as never },
    0,
  ],
])("is due: %s", (_what, schedule, row, due) => {
  expect(dueAt({ ...IDLE, ...schedule }, { ...GOING, ...row }, T)).toBe(due);
});

test.each<[kind: HubFailure, first: object, third: object]>([
  ["offline", { kind: "offline", ms: MINUTE }, { kind: "offline", ms: 4 * MINUTE }],
  ["timeout", { kind: "wait", ms: 30 * SECOND }, { kind: "wait", ms: 2 * MINUTE }],
  ["server", { kind: "wait", ms: 30 * SECOND }, { kind: "wait", ms: 2 * MINUTE }],
  ["busy", { kind: "wait", ms: 30 * SECOND }, { kind: "wait", ms: 2 * MINUTE }],
  ["changed", { kind: "wait", ms: 30 * SECOND }, { kind: "wait", ms: 2 * MINUTE }],
  ["rate", { kind: "wait", ms: 5 * MINUTE, isRule: true }, { kind: "wait", ms: 5 * MINUTE }],
  ["commit_rate", { kind: "wait", ms: 60 * MINUTE, isRule: true }, { ms: 60 * MINUTE }],
  ["signed_out", { kind: "blocked", failure: "signed_out" }, { kind: "blocked" }],
  ["forbidden", { kind: "blocked", failure: "forbidden" }, { kind: "blocked" }],
  ["full", { kind: "blocked", failure: "full", isOurs: false }, { kind: "blocked" }],
  ["not_found", { kind: "blocked", failure: "not_found" }, { kind: "blocked" }],
])("%s: what follows once, and the third time", (kind, first, third) => {
  expect(consequenceOf(failure(kind), 1, 0)).toMatchObject(first);
  expect(consequenceOf(failure(kind), 3, 0)).toMatchObject(third);
});

describe("what follows of", () => {
  test("any failure that passes: at most a quarter of an hour", () => {
    for (const kind of ["offline", "timeout"] as const)
      expect(consequenceOf(failure(kind), 99, 0.99)).toMatchObject({ ms: 15 * MINUTE });
  });
  test("a busy hub: not the same time for all devices", () => {
    expect(consequenceOf(failure("busy"), 1, 0.5)).toMatchObject({ ms: 37.5 * SECOND });
  });
  test("a cancel: no failure", () => {
    expect(consequenceOf(new CairnError("aborted", {}), 1, 0)).toEqual({ kind: "cancelled" });
  });
  test("a newer format there: the person is told to reload", () => {
    const data = { remote: "the Space a/b", path: "cairn/index.json", reason: "it is newer" };
    const error = new CairnError("invalid_remote", data);
    expect(consequenceOf(error, 1, 0)).toMatchObject({ kind: "blocked", isOurs: false });
  });
  test("bytes lost here: a change here may help", () => {
    const data = { digest: "blake3:0", path: "a.bin", lastKnown: null };
    const next = consequenceOf(new CairnError("blob_missing", data), 1, 0);
    expect(next).toMatchObject({ kind: "blocked", failure: null, isOurs: true });
    expect(next).toMatchObject({ why: expect.stringContaining("a.bin") as string });
  });
});

test.each<[row: Partial<typeof GOING>, trouble: Schedule["trouble"], kind: string]>([
  [{}, null, "idle"],
  [{ pausedAt: "x" as never }, waiting(T + 1), "paused"],
  [{}, { kind: "offline", ms: 1, until: T + 1 }, "offline"],
  [{}, waiting(T + 1), "waiting"],
  [{}, blocked(false), "blocked"],
  [{ notBefore: "2026-03-01T12:30:00.000Z" as never }, null, "waiting"],
  [{ notBefore: "2026-03-01T11:30:00.000Z" as never }, null, "idle"],
])("between rounds, with %o and %o, it is %s", (row, trouble, kind) => {
  expect(restingActivity({ trouble }, { ...GOING, ...row }, T).kind).toBe(kind);
});
