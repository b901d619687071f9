// The rules of collections, their links and requests: what each forbids, and what an event may not claim.
import { describe, expect, test } from "vitest";
import { applyAct } from "../../../src/core/registry/fold.ts";
import type { RegistryState } from "../../../src/core/registry/state.ts";
import { latestLink, liveLinks } from "../../../src/core/registry/views.ts";
import {
  after,
  aliasOf,
  ANN,
  askFor,
  collectionMade,
  collectionOf,
  created,
  DIGITS,
  linked,
  memberAdded,
  minute,
  MO,
  moved,
  PRODUCTION,
  removed,
  REX,
  SAM,
  SAMPLE,
  sentence,
  settled,
  signedBy,
  sourceOf,
  typeOf,
  UID,
  unlinked,
  v,
  VI,
  word,
} from "./sample.ts";

const DATASET = typeOf("dataset");
const deletedDigits = { kind: "collection-deleted", collection: DIGITS } as const;
const restoredDigits = { kind: "collection-restored", collection: DIGITS } as const;

function digits(
  state: RegistryState,
): NonNullable<ReturnType<RegistryState["collections"]["get"]>> {
  const found = state.collections.get(DIGITS);
  if (found === undefined) throw new Error("no digits");
  return found;
}

describe("collections", () => {
  test("[G3] have one of the types accepted", () => {
    const some = after(null, ANN, { ...created, types: [typeOf("model")] });
    expect(word(some, ANN, collectionMade(DIGITS))).toBe("allowed");
    expect(word(some, ANN, collectionMade(DIGITS, DATASET))).toBe("type_not_accepted");
    expect(word(SAMPLE, MO, collectionMade(DIGITS))).toBe("already_exists");
  });

  test("[G3] take links of their type only", () => {
    expect(sentence(SAMPLE, MO, linked(3, sourceOf(3, DATASET)))).toMatch(/“model”.*“dataset”/);
  });

  test("are edited from what they are, and only while they are there", () => {
    const edit = { kind: "collection-edited", collection: DIGITS, after: { card: "b" } } as const;
    expect(word(SAMPLE, MO, { ...edit, before: { card: "a" } })).toBe("stale");
    expect(word(SAMPLE, MO, { ...edit, before: {} })).toBe("stale");
    expect(word(SAMPLE, MO, restoredDigits)).toBe("stale");
    const gone = after(SAMPLE, ANN, deletedDigits);
    expect(word(gone, MO, { ...edit, before: { card: "" } })).toBe("stale");
    expect(word(gone, ANN, deletedDigits)).toBe("stale");
    expect(word(gone, ANN, linked(3, sourceOf(3)))).toBe("stale");
    expect(word(SAMPLE, MO, { ...deletedDigits, collection: collectionOf("x") })).toBe("stale");
  });

  test("[G7] come back whole", () => {
    const gone = after(SAMPLE, ANN, deletedDigits);
    expect(digits(gone).isDeleted).toBe(true);
    expect(after(gone, ANN, restoredDigits)).toEqual(SAMPLE);
  });

  test("[G4] that are made anew give no number twice", () => {
    const again = after(SAMPLE, ANN, deletedDigits, collectionMade(DIGITS, DATASET));
    expect(digits(again)).toMatchObject({ type: DATASET, lastNumber: 2, isDeleted: false });
    expect(liveLinks(digits(again))).toEqual([]);
    expect(digits(again).aliases.size).toBe(0);
    expect(word(again, MO, linked(0, sourceOf(0, DATASET)))).toBe("stale");
    expect(word(again, MO, linked(3, sourceOf(0, DATASET)))).toBe("allowed");
    const oldLink = { kind: "version-restored", collection: DIGITS, number: v(1) } as const;
    expect(word(again, MO, oldLink)).toBe("type_mismatch");
  });
});

describe("links", () => {
  const restore = { kind: "version-restored", collection: DIGITS, number: v(2) } as const;

  test("[G4] are numbered from 0, without gaps, and never twice", () => {
    for (const number of [0, 2, 4])
      expect(word(SAMPLE, MO, linked(number, sourceOf(9)))).toBe("stale");
    const fewer = after(SAMPLE, MO, unlinked(2));
    expect(word(fewer, MO, linked(2, sourceOf(9)))).toBe("stale");
    expect(word(fewer, MO, linked(3, sourceOf(2)))).toBe("allowed");
  });

  test("[G5] point to each source once", () => {
    expect(word(SAMPLE, MO, linked(3, sourceOf(1)))).toBe("stale");
    const other = collectionOf("other");
    const both = after(SAMPLE, MO, collectionMade(other));
    expect(word(both, MO, linked(0, sourceOf(1), other))).toBe("allowed");
  });

  test("[G6] give latest to the highest that is left", () => {
    expect(latestLink(digits(SAMPLE))).toBe(2);
    const fewer = after(SAMPLE, MO, unlinked(2), unlinked(1, "best"));
    expect(latestLink(digits(fewer))).toBe(0);
    expect(latestLink(digits(after(fewer, ANN, unlinked(0, "production"))))).toBeNull();
    expect(latestLink(digits(after(fewer, MO, restore)))).toBe(2);
  });

  test("[G7] go with just the aliases they hold", () => {
    expect(word(SAMPLE, MO, unlinked(1))).toBe("stale");
    expect(word(SAMPLE, MO, unlinked(2, "best"))).toBe("stale");
    expect(word(SAMPLE, MO, unlinked(7))).toBe("stale");
    const fewer = after(SAMPLE, MO, unlinked(1, "best"));
    expect(word(fewer, MO, unlinked(1))).toBe("stale");
    expect([...digits(fewer).aliases]).toEqual([[PRODUCTION, 0]]);
    const two = after(SAMPLE, MO, moved("a", null, 1));
    expect(word(two, MO, unlinked(1, "best", "a"))).toBe("allowed");
  });

  test("that were taken away come back under their number", () => {
    const fewer = after(SAMPLE, MO, unlinked(2));
    expect(after(fewer, MO, restore)).toEqual(SAMPLE);
    expect(word(SAMPLE, MO, restore)).toBe("stale");
    expect(word(SAMPLE, MO, { ...restore, number: v(7) })).toBe("stale");
    expect(word(after(fewer, MO, linked(3, sourceOf(2))), MO, restore)).toBe("stale");
  });
});

describe("aliases of links", () => {
  test.each(["latest", "v1", "LATEST"])("[N3] %s isn't set by hand", (alias) => {
    expect(word(SAMPLE, ANN, moved(alias, null, 1))).toBe("alias_reserved");
  });

  test("[A1] move from who has them to who is there", () => {
    expect(word(SAMPLE, MO, moved("best", null, 2))).toBe("stale");
    expect(word(SAMPLE, MO, moved("best", 0, 2))).toBe("stale");
    expect(word(SAMPLE, MO, moved("new", 1, 2))).toBe("stale");
    expect(word(SAMPLE, MO, moved("best", 1, 7))).toBe("stale");
    expect(word(after(SAMPLE, MO, unlinked(2)), MO, moved("best", 1, 2))).toBe("stale");
    expect(word(SAMPLE, MO, removed("best", 0))).toBe("stale");
    expect(word(SAMPLE, MO, removed("none", 0))).toBe("stale");
  });

  test("[A7] don't move to where they are", () => {
    expect(word(SAMPLE, MO, moved("best", 1, 1))).toBe("stale");
  });
});

describe("requests", () => {
  const ask = { kind: "promotion-requested", ...askFor("production") } as const;
  const open = after(SAMPLE, MO, ask);
  const request = ask.request;

  test("[P10] are made once, for a version that is there", () => {
    expect(word(open, MO, ask)).toBe("stale");
    expect(word(SAMPLE, MO, { ...ask, number: v(7) })).toBe("stale");
    expect(word(SAMPLE, MO, { ...ask, source: sourceOf(2).version })).toBe("stale");
    expect(word(SAMPLE, MO, { ...ask, alias: aliasOf("latest") })).toBe("alias_reserved");
    expect(word(after(SAMPLE, ANN, deletedDigits), MO, ask)).toBe("stale");
  });

  test("[P2 P10] are approved together with the move they ask for", () => {
    const approved = after(open, ANN, settled("approved"));
    expect(approved.requests.get(request)?.settled).toMatchObject({ outcome: "approved", by: ANN });
    const move = moved("production", 0, 1, { request });
    expect(word(approved, ANN, move)).toBe("allowed");
    expect(word(open, ANN, move)).toBe("stale");
    expect(word(approved, ANN, { ...move, after: v(2) })).toBe("stale");
    expect(word(approved, ANN, moved("prod-eu", null, 1, { request }))).toBe("stale");
    const act = { kind: "collection-edited", collection: DIGITS, before: {}, after: {} } as const;
    const later = applyAct(approved, { registry: UID, at: minute(1), actor: ANN, act });
    expect(word(later, ANN, move)).toBe("stale");
    const two = after(open, ANN, memberAdded(SAM, "Sam", "admin"), settled("approved"));
    expect(word(two, SAM, move)).toBe("stale");
    expect(word(after(open, ANN, settled("declined")), ANN, move)).toBe("stale");
  });

  test("[P10] are settled once", () => {
    expect(word(SAMPLE, ANN, settled("approved"))).toBe("stale");
    for (const outcome of ["approved", "declined", "withdrawn"] as const)
      expect(word(after(open, ANN, settled("declined")), ANN, settled(outcome))).toBe("stale");
  });

  test("are withdrawn by who asked only", () => {
    expect(word(open, MO, settled("withdrawn"))).toBe("allowed");
    expect(sentence(open, ANN, settled("withdrawn"))).toContain("“Mo”");
  });

  test("[P10] can't be approved once their number means another version, but declined", () => {
    const gone = after(open, MO, unlinked(1, "best"));
    expect(word(gone, ANN, settled("approved"))).toBe("stale");
    expect(word(gone, ANN, settled("declined"))).toBe("allowed");
  });

  test("by file are those of members, for this registry, and count once", () => {
    const signed = signedBy(MO, askFor("production"));
    const done = after(SAMPLE, ANN, settled("declined", signed));
    expect(done.requests.get(request)).toMatchObject({ askedBy: MO, settled: { by: ANN } });
    expect(word(done, ANN, settled("approved", signed))).toBe("stale");
    expect(word(open, ANN, settled("approved", signed))).toBe("stale");
    for (const stranger of [VI, REX, SAM])
      expect(word(SAMPLE, ANN, settled("approved", signedBy(stranger, askFor("production"))))).toBe(
        "not_permitted",
      );
    const elsewhere = { ...signed, registry: "01OTHER" as typeof UID };
    expect(word(SAMPLE, ANN, settled("approved", elsewhere))).toBe("stale");
    const another = signedBy(MO, askFor("production", "01OTHER"));
    expect(word(SAMPLE, ANN, settled("approved", another))).toBe("stale");
  });
});
