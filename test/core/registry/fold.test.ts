// Logs that were tampered with, and the state that is left of them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyAct,
  EMPTY_FOLD,
  foldEvents,
  type CheckedEvent,
} from "../../../src/core/registry/fold.ts";
import type { RegistryAct, RegistryUid } from "../../../src/core/registry/records.ts";
import type { EventFault, RegistryState } from "../../../src/core/registry/state.ts";
import { protectionOf, roleOf } from "../../../src/core/registry/views.ts";
import { attempts, checked, fold, honestLog, logOf, nextEvent, picks, type Picks } from "./log.ts";
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

/** What the random people do; moves for a request and changed conditions have tests of their own. */
const KINDS = [
  "alias-moved",
  "alias-removed",
  "collection-created",
  "collection-deleted",
  "collection-edited",
  "collection-restored",
  "member-added",
  "member-changed",
  "member-removed",
  "promotion-requested",
  "promotion-settled",
  "protection-added",
  "protection-removed",
  "registry-created",
  "registry-deleted",
  "registry-edited",
  "registry-restored",
  "version-linked",
  "version-restored",
  "version-unlinked",
];

/** How a log may be tampered with. */
const tampering = fc.tuple(
  fc.constantFrom("forge", "remove", "repeat", "swap", "actor", "act", "insert", "cut"),
  fc.nat(60),
  fc.nat(60),
);

function tampered(
  log: readonly CheckedEvent[],
  [kind, a, b]: readonly [string, number, number],
): readonly CheckedEvent[] {
  const at = a % log.length;
  const from = b % log.length;
  const here = log[at];
  const there = log[from];
  if (here === undefined || there === undefined) return log;
  const rest = [log.slice(0, at), log.slice(at + 1)] as const;
  switch (kind) {
    case "forge":
      return [...rest[0], { ...here, isSigned: false }, ...rest[1]];
    case "remove":
      return [...rest[0], ...rest[1]];
    case "repeat":
      return [...log.slice(0, from), here, ...log.slice(from)];
    case "swap":
      return log.map((row, i) => (i === at ? there : i === from ? here : row));
    case "actor":
      return [...rest[0], checked({ ...here.event, actor: there.event.actor }, false), ...rest[1]];
    case "act":
      return [...rest[0], checked({ ...here.event, act: there.event.act }, false), ...rest[1]];
    case "insert": {
      // Signed by somebody who has a key, just not the right to do it there.
      const inserted = nextEvent(rest[0], there.event.actor, there.event.act);
      return [...rest[0], inserted, ...log.slice(at)];
    }
    default:
      return log.slice(at);
  }
}

/** Where protected aliases are, deleted collections' as well; and whether those are deleted. */
function heldBy(rules: RegistryState, state: RegistryState): readonly string[] {
  return [...state.collections.values()].flatMap(({ name, isDeleted, aliases }) =>
    [...aliases]
      .filter(([alias]) => protectionOf(rules, alias) !== null)
      .map(([alias, number]) => `${name}:${alias} v${number} ${isDeleted}`)
      .toSorted(),
  );
}

/** Folds one by one, with what each event did. */
function steps(log: readonly CheckedEvent[]): readonly {
  readonly row: CheckedEvent;
  readonly before: RegistryState | null;
  readonly after: RegistryState | null;
}[] {
  let now = EMPTY_FOLD;
  return log.map((row) => {
    const before = now.state;
    now = foldEvents(now, [row]);
    return { row, before, after: now.state };
  });
}

describe("random logs of five people", () => {
  const some: fc.Arbitrary<readonly Picks[]> = fc.array(picks, { minLength: 40, maxLength: 60 });

  test("[E4] fold to the same in any batches", () => {
    fc.assert(
      fc.property(some, fc.array(fc.nat(20)), (all, sizes) => {
        const log = attempts(all);
        let now = EMPTY_FOLD;
        let at = 0;
        for (const size of [...sizes, log.length]) {
          now = foldEvents(now, log.slice(at, at + size));
          at += size;
        }
        expect(now).toEqual(fold(log));
      }),
      { numRuns: 60 },
    );
  });

  test("[E4] leave what was folded before as it was", () => {
    fc.assert(
      fc.property(some, fc.nat(60), (all, at) => {
        const log = attempts(all);
        const first = fold(log.slice(0, at));
        const copy = structuredClone(first);
        foldEvents(first, log.slice(at));
        expect(first).toEqual(copy);
      }),
      { numRuns: 40 },
    );
  });

  test("[E3] what is allowed when it is written is allowed when it is read", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(some, (all) => {
        const log = honestLog(all);
        for (const { event } of log) kinds.add(event.act.kind);
        expect(fold(log).faults.size).toBe(0);
      }),
      // Always the same logs, so that each kind is sure to be among them.
      { numRuns: 60, seed: 5 },
    );
    expect([...kinds].toSorted()).toEqual(KINDS);
  });

  test("[E3] that were tampered with keep the state that the events with effect make", () => {
    fc.assert(
      fc.property(some, fc.array(tampering, { minLength: 1, maxLength: 4 }), (all, how) => {
        const log = how.reduce(tampered, attempts(all));
        const effects = steps(log).filter(({ before, after }) => before !== after);
        let state: RegistryState | null = null;
        for (const { row } of effects) state = applyAct(state, row.event);
        expect(fold(log).state).toEqual(state);
        for (const { row } of effects) expect(row.isSigned).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("[P2 P3 E3] never let anybody but an admin touch a protected alias", () => {
    let refused = 0;
    fc.assert(
      fc.property(some, fc.array(tampering, { maxLength: 4 }), (all, how) => {
        for (const { row, before, after } of steps(how.reduce(tampered, attempts(all)))) {
          if (before === null || after === null) continue;
          const { actor } = row.event;
          if (roleOf(before, actor) === "admin") continue;
          if (before === after) refused += 1;
          expect(heldBy(before, after)).toEqual(heldBy(before, before));
          expect(after.protections).toEqual(before.protections);
          expect(after.isDeleted).toBe(before.isDeleted);
          const others = [...after.members.values()].filter(({ key }) => key !== actor);
          expect(others).toEqual([...before.members.values()].filter(({ key }) => key !== actor));
          // They may leave, and then they are what anybody is.
          const left = !after.members.has(actor);
          expect(left || roleOf(after, actor) === roleOf(before, actor)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  test("[G4] never give a number twice, and always have an admin", () => {
    fc.assert(
      fc.property(some, (all) => {
        for (const { before, after } of steps(attempts(all))) {
          const admins = [...(after?.members.values() ?? [])].filter(
            ({ role }) => role === "admin",
          );
          expect(admins.length).toBeGreaterThan(0);
          for (const collection of after?.collections.values() ?? []) {
            const former = before?.collections.get(collection.name);
            const { links, lastNumber, liveNumbers, aliases } = collection;
            expect(lastNumber ?? -1).toBeGreaterThanOrEqual(former?.lastNumber ?? -1);
            expect([...links.keys()]).toEqual(
              Array.from({ length: (lastNumber ?? -1) + 1 }, (_, i) => i),
            );
            const kept = [...(former?.links ?? [])].filter(
              ([number, { source }]) => links.get(number)?.source === source,
            );
            expect(kept.length).toBe(former?.links.size ?? 0);
            const live = [...links.values()].filter(({ isLive }) => isLive);
            expect(new Map(live.map(({ source, number }) => [source.version, number]))).toEqual(
              liveNumbers,
            );
            expect(liveNumbers.size).toBe(live.length);
            const holders = new Set(aliases.values());
            expect(live.filter(({ number }) => holders.has(number)).length).toBe(holders.size);
          }
        }
      }),
      { numRuns: 30 },
    );
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
