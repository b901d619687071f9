// Logs that were tampered with, and the state that is left of them.
import { describe, expect, test } from "vitest";
import type { CheckedEvent } from "../../../src/core/registry/fold.ts";
import type { RegistryAct, RegistryUid } from "../../../src/core/registry/records.ts";
import type { EventFault } from "../../../src/core/registry/state.ts";
import { checked, fold, logOf, nextEvent } from "./log.ts";
import {
  ANN,
  collectionMade,
  created,
  DIGITS,
  linked,
  memberAdded,
  minute,
  MO,
  moved,
  protectedBy,
  removed,
  SAM,
  sourceOf,
  UID,
  wordFor,
} from "./sample.ts";

/** 0 to 8: Mo, a member, links v0 and v1, Ann puts production on v0, Mo puts best on v1. */
const LOG = logOf(
  [ANN, created],
  [ANN, memberAdded(MO, "Mo", "member")],
  [ANN, protectedBy("production")],
  [MO, collectionMade(DIGITS)],
  [MO, linked(0, sourceOf(0))],
  [MO, linked(1, sourceOf(1))],
  [ANN, moved("production", null, 0)],
  [MO, moved("best", null, 1)],
  [MO, moved("live", null, 1)],
);

/** Each fault in a word, by its place. */
function faultsOf(events: Iterable<CheckedEvent>): Readonly<Record<number, string>> {
  return Object.fromEntries(
    [...fold(events).faults].map(([seq, fault]: [number, EventFault]) => [seq, wordFor(fault)]),
  );
}

function aliasesAfter(events: Iterable<CheckedEvent>): readonly string[] {
  const aliases = fold(events).state?.collections.get(DIGITS)?.aliases ?? new Map<string, number>();
  return [...aliases].map(([alias, number]) => `${alias} v${number}`);
}

function changed(seq: number, change: Partial<CheckedEvent["event"]>): readonly CheckedEvent[] {
  return LOG.map((row) => (row.event.seq === seq ? checked({ ...row.event, ...change }) : row));
}

describe("a log", () => {
  test("[E4] folds into what happened", () => {
    const { state, faults, seq, head, lastAt } = fold(LOG);
    expect(faults.size).toBe(0);
    expect({ seq, lastAt }).toEqual({ seq: 8, lastAt: minute(8) });
    expect(nextEvent(LOG, MO, created).event.previous).toBe(head);
    expect(state).toMatchObject({ uid: UID, name: "models", updatedAt: minute(8) });
    expect(aliasesAfter(LOG)).toEqual(["production v0", "best v1", "live v1"]);
  });

  test("[E3] an event with a bad signature has no effect, and the next ones have", () => {
    const forged = LOG.map((row) => ({ ...row, isSigned: row.event.seq !== 7 }));
    expect(faultsOf(forged)).toEqual({ 7: "signature" });
    expect(aliasesAfter(forged)).toEqual(["production v0", "live v1"]);
  });

  test("[E3] an act of a kind that only a newer Cairn knows has no effect, and the chain goes on", () => {
    const newer = nextEvent(LOG, ANN, { kind: "alias-frozen" } as unknown as RegistryAct);
    const log = [...LOG, newer];
    const more = [...log, nextEvent(log, MO, moved("best", 1, 0))];
    expect(faultsOf(more)).toEqual({ 9: "malformed" });
    expect(aliasesAfter(more)).toEqual(["production v0", "best v0", "live v1"]);
  });

  test("[E2] a changed event is noticed by the one behind it", () => {
    const act = moved("best", null, 0);
    expect(faultsOf(changed(7, { act }))).toEqual({ 8: "chain" });
    expect(faultsOf(changed(8, { previous: null }))).toEqual({ 8: "chain" });
    expect(faultsOf(changed(8, { registry: "01OTHER" as RegistryUid }))).toEqual({ 8: "chain" });
  });

  test("[E2] an event left out is noticed, and costs the one behind it", () => {
    const shorter = LOG.filter(({ event }) => event.seq !== 6);
    expect(faultsOf(shorter)).toEqual({ 7: "chain" });
    expect(aliasesAfter(shorter)).toEqual(["live v1"]);
  });

  test("[E2] an event that stands twice counts once", () => {
    const twice = LOG.flatMap((row) => (row.event.seq === 7 ? [row, row] : [row]));
    expect(faultsOf(twice)).toEqual({ 7: "chain" });
    expect(fold(twice).state).toEqual(fold(LOG).state);
  });

  test("[E2] events that changed places have no effect, nor has the one behind them", () => {
    const [five, six] = [LOG[5], LOG[6]];
    if (five === undefined || six === undefined) throw new Error("a short log");
    expect(faultsOf([...LOG.slice(0, 5), six, five, ...LOG.slice(7)])).toMatchObject({
      5: "chain",
      6: "chain",
      7: "chain",
    });
  });

  test("[E2] a log without its beginning is no registry", () => {
    const { state, faults } = fold(LOG.slice(1));
    expect(state).toBeNull();
    expect(faults.size).toBe(LOG.length - 1);
    expect(faults.get(1)).toEqual({ kind: "chain" });
    expect(faults.get(2)).toMatchObject({ kind: "stale" });
  });

  test("[E3] nobody makes the registry in place of one whose beginning was forged", () => {
    const forged = { ...nextEvent([], ANN, created), isSigned: false };
    const { state, faults } = fold([forged, nextEvent([forged], SAM, created)]);
    expect(state).toBeNull();
    expect([...faults.values()].map(wordFor)).toEqual(["signature", "stale"]);
  });

  test("[E3] an event of before the one in front has no effect", () => {
    const { event } = nextEvent(LOG, MO, removed("best", 1));
    const log = [...LOG, checked({ ...event, at: minute(7) })];
    expect(faultsOf(log)).toEqual({ 9: "time" });
  });

  test("[E3] who isn't believed can't set the clock", () => {
    const { event } = nextEvent(LOG, SAM, removed("best", 1));
    const log = [...LOG, checked({ ...event, at: "9999-12-31T23:59:59.999Z" })];
    const after = nextEvent(log, MO, removed("best", 1));
    expect(faultsOf([...log, after])).toEqual({ 9: "not_permitted" });
    expect(fold([...log, after]).lastAt).toBe(minute(10));
  });

  test("[E3] an act that its actor may not do has no effect", () => {
    const log = [...LOG];
    log.push(nextEvent(log, MO, removed("production", 0)));
    log.push(nextEvent(log, SAM, removed("best", 1)));
    log.push(nextEvent(log, MO, removed("best", 1)));
    expect(faultsOf(log)).toEqual({ 9: "alias_protected", 10: "not_permitted" });
    expect(aliasesAfter(log)).toEqual(["production v0", "live v1"]);
  });
});

describe("as of a time", () => {
  test.each([
    [minute(6), ["production v0"]],
    [minute(7), ["production v0", "best v1"]],
    ["2026-01-01", ["production v0", "best v1", "live v1"]],
    ["2025-12-31", []],
  ])("[E4] %s", (until, aliases) => {
    const { state } = fold(LOG, until);
    const held = state?.collections.get(DIGITS)?.aliases ?? new Map<string, number>();
    expect([...held].map(([alias, number]) => `${alias} v${number}`)).toEqual(aliases);
    expect(state === null).toBe(aliases.length === 0);
  });

  test("[E4] an event without effect doesn't end it", () => {
    const { event } = nextEvent(LOG, SAM, removed("best", 1));
    const log = [...LOG, checked({ ...event, at: "9999-12-31T23:59:59.999Z" })];
    log.push(nextEvent(log, MO, removed("best", 1)));
    expect(fold(log, minute(10)).seq).toBe(10);
  });
});

test("ten thousand links fold in time that grows with them, not with their square", () => {
  const acts = Array.from({ length: 10_000 }, (_, i) => [MO, linked(i, sourceOf(i))] as const);
  const log = logOf(
    [ANN, created],
    [ANN, memberAdded(MO, "Mo", "member")],
    [MO, collectionMade(DIGITS)],
    ...acts,
  );
  const start = performance.now();
  const { state, faults } = fold(log);
  const took = performance.now() - start;
  expect(faults.size).toBe(0);
  expect(state?.collections.get(DIGITS)?.links.size).toBe(10_000);
  // Some hundredths of a second; a copy for each would take minutes.
  expect(took).toBeLessThan(10_000);
});
