import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holderAt } from "../../../src/core/alias-history.ts";
import { LATEST } from "../../../src/core/names.ts";
import { linkAliasChanges } from "../../../src/core/registry/history.ts";
import type { RegistryAct } from "../../../src/core/registry/records.ts";
import { latestLink } from "../../../src/core/registry/views.ts";
import { fold, honestLog, logOf, picks } from "./log.ts";
import {
  ANN,
  collectionMade,
  created,
  DIGITS,
  linked,
  moved,
  removed,
  sourceOf,
  typeOf,
  unlinked,
  v,
} from "./sample.ts";

const deleted = { kind: "collection-deleted", collection: DIGITS } as const;
const restored = { kind: "collection-restored", collection: DIGITS } as const;

/** The changes behind four events that make v0 and v1 with `best` on v1, each as `3: best v0 → v1`. */
function changesOf(...acts: readonly RegistryAct[]): readonly string[] {
  const log = logOf(
    [ANN, created],
    [ANN, collectionMade(DIGITS)],
    [ANN, linked(0, sourceOf(0))],
    [ANN, linked(1, sourceOf(1))],
    [ANN, moved("best", null, 1)],
    ...acts.map((act) => [ANN, act] as const),
  );
  expect(fold(log).faults.size).toBe(0);
  return linkAliasChanges(
    DIGITS,
    log.map(({ event }) => event),
  )
    .filter(({ seq }) => seq > 4)
    .map(({ seq, alias, from, to }) => `${seq}: ${alias} ${say(from)} → ${say(to)}`);
}

function say(number: number | null): string {
  return number === null ? "–" : `v${number}`;
}

describe("[A4] aliases of a collection", () => {
  test("are set, moved and taken off", () => {
    expect(changesOf(moved("best", 1, 0), removed("best", 0))).toEqual([
      "5: best v1 → v0",
      "6: best v0 → –",
    ]);
  });

  test("[G6] follow what is linked and unlinked", () => {
    expect(
      changesOf(
        linked(2, sourceOf(2)),
        unlinked(1, "best"),
        unlinked(2),
        { kind: "version-restored", collection: DIGITS, number: v(1) },
        unlinked(1),
        unlinked(0),
      ),
    ).toEqual([
      "5: latest v1 → v2",
      "6: best v1 → –",
      "7: latest v2 → v0",
      "8: latest v0 → v1",
      "9: latest v1 → v0",
      "10: latest v0 → –",
    ]);
  });

  test("[G7] go and come with their collection", () => {
    expect(changesOf(deleted, restored)).toEqual([
      "5: best v1 → –",
      "5: latest v1 → –",
      "6: best – → v1",
      "6: latest – → v1",
    ]);
  });

  test("[G4] don't come back with one that is made anew", () => {
    expect(
      changesOf(deleted, collectionMade(DIGITS, typeOf("dataset")), {
        kind: "version-linked",
        collection: DIGITS,
        number: v(2),
        source: sourceOf(2, typeOf("dataset")),
      }),
    ).toEqual(["5: best v1 → –", "5: latest v1 → –", "7: latest – → v2"]);
  });

  test("tell who held what at any time, as the state does", () => {
    fc.assert(
      fc.property(fc.array(picks, { minLength: 30, maxLength: 60 }), (all) => {
        const log = honestLog(all);
        const events = log.map(({ event }) => event);
        const changes = linkAliasChanges(DIGITS, events);
        for (const [index, { at }] of events.entries()) {
          if (index % 7 !== 0 && index < events.length - 1) continue;
          const found = fold(log.slice(0, index + 1)).state?.collections.get(DIGITS);
          const live = found?.isDeleted === false ? found : undefined;
          const holders = new Map(live?.aliases);
          const latest = live === undefined ? null : latestLink(live);
          if (latest !== null) holders.set(LATEST, latest);
          for (const { alias } of changes)
            expect(holderAt(changes, alias, at)).toBe(holders.get(alias) ?? null);
        }
      }),
      { numRuns: 40 },
    );
  });
});
