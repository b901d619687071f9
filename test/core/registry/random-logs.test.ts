// Logs of random people, tampered with at random: what holds of all of them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyAct,
  EMPTY_FOLD,
  foldEvents,
  type CheckedEvent,
} from "../../../src/core/registry/fold.ts";
import type { RegistryState } from "../../../src/core/registry/state.ts";
import { protectionOf, roleOf } from "../../../src/core/registry/views.ts";
import { attempts, checked, fold, honestLog, nextEvent, picks, type Picks } from "./log.ts";

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
