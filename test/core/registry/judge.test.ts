// The rules of a registry one by one: what each forbids, and what an event may not claim.
import { describe, expect, test } from "vitest";
import { describeError } from "../../../src/core/errors.ts";
import type { Tag } from "../../../src/core/tags.ts";
import { applyAct } from "../../../src/core/registry/fold.ts";
import { judge } from "../../../src/core/registry/judge.ts";
import type { MemberKey, RegistryAct } from "../../../src/core/registry/records.ts";
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
  patternOf,
  PRODUCTION,
  protectedBy,
  removed,
  REX,
  SAM,
  SAMPLE,
  settled,
  signedBy,
  sourceOf,
  typeOf,
  UID,
  unlinked,
  v,
  VI,
  wordFor,
} from "./sample.ts";

const DATASET = typeOf("dataset");
const deletedDigits = { kind: "collection-deleted", collection: DIGITS } as const;
const restoredDigits = { kind: "collection-restored", collection: DIGITS } as const;

/** What a judge says in a word. */
function word(state: RegistryState | null, actor: MemberKey, act: RegistryAct): string {
  return wordFor(judge(state, actor, act));
}

/** What the person reads. */
function sentence(state: RegistryState, actor: MemberKey, act: RegistryAct): string {
  const fault = judge(state, actor, act);
  return fault?.kind === "rule" ? describeError(fault.problem) : "no rule";
}

function digits(
  state: RegistryState,
): NonNullable<ReturnType<RegistryState["collections"]["get"]>> {
  const found = state.collections.get(DIGITS);
  if (found === undefined) throw new Error("no digits");
  return found;
}

function typesEdited(before: readonly string[], types: readonly string[]): RegistryAct {
  return {
    kind: "registry-edited",
    before: { types: before.map(typeOf) },
    after: { types: types.map(typeOf) },
  };
}

describe("a registry", () => {
  test("[G1] is made by its first event, and once", () => {
    expect(word(null, ANN, created)).toBe("allowed");
    expect(word(null, ANN, collectionMade(DIGITS))).toBe("stale");
    expect(word(SAMPLE, ANN, created)).toBe("stale");
  });

  test("[P7] has its creator as admin", () => {
    const state = after(null, ANN, created);
    expect([...state.members.values()]).toEqual([
      { key: ANN, name: "Ann", role: "admin", hubUser: null, addedAt: minute(0) },
    ]);
  });

  test("[G2] has types that only grow", () => {
    const some = after(null, ANN, { ...created, types: [typeOf("model")] });
    expect(word(some, ANN, typesEdited(["model"], ["model", "dataset"]))).toBe("allowed");
    expect(word(some, ANN, typesEdited(["model"], ["dataset"]))).toBe("types_can_only_grow");
    expect(word(some, ANN, typesEdited(["model"], []))).toBe("types_can_only_grow");
    expect(sentence(some, ANN, typesEdited(["model"], ["dataset"]))).toContain("“model”");
  });

  test("[G2] that took all types keeps those its collections have", () => {
    expect(word(SAMPLE, ANN, typesEdited([], ["model", "x"]))).toBe("allowed");
    expect(sentence(SAMPLE, ANN, typesEdited([], ["dataset"]))).toContain("“model”");
    const emptied = after(SAMPLE, ANN, deletedDigits, typesEdited([], ["dataset"]));
    expect(word(emptied, ANN, restoredDigits)).toBe("type_not_accepted");
  });

  test("is edited from what it is", () => {
    const edit = { kind: "registry-edited", after: { description: "b" } } as const;
    expect(word(SAMPLE, ANN, { ...edit, before: { description: "a" } })).toBe("stale");
    expect(word(SAMPLE, ANN, { ...edit, before: {} })).toBe("stale");
    expect(word(SAMPLE, ANN, { ...edit, before: { description: "", types: [] } })).toBe("stale");
    const edited = after(SAMPLE, ANN, { ...edit, before: { description: "" } });
    expect(edited).toMatchObject({ description: "b", visibility: "open" });
  });

  test("[G7] that is deleted only comes back", () => {
    const gone = after(SAMPLE, ANN, { kind: "registry-deleted" });
    expect(gone.isDeleted).toBe(true);
    for (const act of [collectionMade(collectionOf("x")), { kind: "registry-deleted" } as const])
      expect(word(gone, ANN, act)).toBe("in_trash");
    expect(word(SAMPLE, ANN, { kind: "registry-restored" })).toBe("stale");
    expect(after(gone, ANN, { kind: "registry-restored" })).toEqual(SAMPLE);
  });
});

describe("people", () => {
  const ann = { name: "Ann", role: "admin" } as const;
  const mo = { name: "Mo", role: "member" } as const;
  const leave = { kind: "member-removed", member: ANN, before: ann } as const;

  test("[P7] the last admin can't leave or step down", () => {
    const demoted = { ...ann, role: "member" } as const;
    const stepDown = {
      kind: "member-changed",
      member: ANN,
      before: ann,
      after: demoted,
    } as const;
    expect(word(SAMPLE, ANN, leave)).toBe("last_admin");
    expect(word(SAMPLE, ANN, stepDown)).toBe("last_admin");
    const two = after(SAMPLE, ANN, memberAdded(SAM, "Sam", "admin"));
    expect(word(two, ANN, leave)).toBe("allowed");
    expect(word(two, SAM, stepDown)).toBe("allowed");
    expect(word(after(two, ANN, leave), SAM, { ...leave, member: SAM })).toBe("stale");
  });

  test("[P7] anybody listed may leave, and change what they are called, not their role", () => {
    const vi = { name: "Vi", role: "viewer" } as const;
    expect(word(SAMPLE, VI, { kind: "member-removed", member: VI, before: vi })).toBe("allowed");
    expect(word(SAMPLE, MO, { kind: "member-removed", member: VI, before: vi })).toBe(
      "not_permitted",
    );
    const change = { kind: "member-changed", member: VI, before: vi } as const;
    expect(word(SAMPLE, VI, { ...change, after: { ...vi, name: "Violet" } })).toBe("allowed");
    expect(word(SAMPLE, MO, { ...change, after: { ...vi, name: "Violet" } })).toBe("not_permitted");
    expect(word(SAMPLE, VI, { ...change, after: { ...vi, role: "admin" } })).toBe("not_permitted");
    expect(word(SAMPLE, SAM, { kind: "member-removed", member: SAM, before: vi })).toBe(
      "not_permitted",
    );
    expect(word(SAMPLE, SAM, memberAdded(SAM, "Sam", "viewer"))).toBe("not_permitted");
  });

  test("are listed once, and changed from what they are", () => {
    expect(word(SAMPLE, ANN, memberAdded(MO, "Mo", "viewer"))).toBe("already_exists");
    const change = { kind: "member-changed", member: MO, after: mo } as const;
    expect(word(SAMPLE, ANN, { ...change, before: { ...mo, role: "viewer" } })).toBe("stale");
    expect(word(SAMPLE, ANN, { ...change, member: SAM, before: mo })).toBe("stale");
    expect(word(SAMPLE, ANN, { kind: "member-removed", member: SAM, before: mo })).toBe("stale");
  });

  test("[E3] who was taken off the list can do nothing more, whoever they were", () => {
    const gone = after(SAMPLE, ANN, { kind: "member-removed", member: MO, before: mo });
    expect(word(gone, MO, removed("best", 1))).toBe("not_permitted");
  });
});

describe("protected aliases", () => {
  test.each(["latest", "LATEST", "v0", "V12"])("[P1] %s can't be on the list", (alias) => {
    expect(word(SAMPLE, ANN, protectedBy(alias))).toBe("alias_reserved");
  });

  test("are listed once, and changed from what they are", () => {
    expect(word(SAMPLE, ANN, protectedBy("production"))).toBe("already_exists");
    expect(word(SAMPLE, ANN, protectedBy("a b"))).toBe("invalid_name");
    expect(word(SAMPLE, ANN, protectedBy("a b*"))).toBe("invalid_text");
    const pattern = patternOf("production");
    const audited = { metadata: ["eval"], tags: [], rules: [] };
    const change = { kind: "protection-changed", pattern, before: null, after: audited } as const;
    const changed = after(SAMPLE, ANN, change);
    expect(changed.protections.get(pattern)?.condition).toEqual(audited);
    expect(word(changed, ANN, change)).toBe("stale");
    expect(word(changed, ANN, { kind: "protection-removed", pattern, before: null })).toBe("stale");
    const other = patternOf("other");
    expect(word(SAMPLE, ANN, { kind: "protection-removed", pattern: other, before: null })).toBe(
      "stale",
    );
  });

  test("[P6] a refusal names the alias, the rule, the role and who could do it", () => {
    const two = after(SAMPLE, ANN, memberAdded(SAM, "Sam", "admin"));
    const text = sentence(two, MO, moved("prod-eu", null, 1));
    for (const part of ["“prod-eu”", "“prod-*”", "Member", "“Ann” or “Sam”", "request"])
      expect(text).toContain(part);
    expect(sentence(two, VI, linked(3, sourceOf(3)))).toBe(
      "You are Viewer in the registry “models”. To link a version, you need to be Member. Ask “Ann” or “Sam”.",
    );
    expect(sentence(SAMPLE, MO, unlinked(0, "production"))).toBe(
      "“registry-models/digits:v0” holds the protected alias “registry-models/digits:production”. Only an Admin may unlink it. Ask “Ann”.",
    );
  });

  test("[P2] an alias that nothing protects is an ordinary one", () => {
    expect(word(SAMPLE, MO, moved("Production", null, 1))).toBe("allowed");
    expect(word(SAMPLE, MO, moved("prod", null, 1))).toBe("allowed");
  });
});

describe("conditions", () => {
  const condition = {
    metadata: ["eval_set"],
    tags: ["audited" as Tag],
    rules: [{ path: "accuracy", comparison: ">=", value: 0.9 }],
  } as const;
  const state = after(SAMPLE, ANN, {
    kind: "protection-added",
    pattern: patternOf("gold"),
    condition,
  });
  const good = { metadata: { eval_set: "x", accuracy: 0.9 }, tags: ["audited" as Tag] };

  test("are judged by what the move brings along, for admins as well", () => {
    expect(word(state, ANN, moved("gold", null, 1, { evidence: good }))).toBe("allowed");
    expect(word(state, MO, moved("gold", null, 1, { evidence: good }))).toBe("alias_protected");
    const bad = { ...good, metadata: { eval_set: "x", accuracy: 0.8 } };
    expect(sentence(state, ANN, moved("gold", null, 1, { evidence: bad }))).toContain(
      "metadata.accuracy is 0.8, not at least 0.9",
    );
  });

  test.each([
    ["no value", { ...good, metadata: { accuracy: 1 } }],
    ["no tag", { ...good, tags: [] }],
    ["nothing", { metadata: {}, tags: [] }],
  ])("fail on evidence with %s", (_, evidence) => {
    expect(word(state, ANN, moved("gold", null, 1, { evidence }))).toBe("condition_failed");
  });

  test("and evidence go together", () => {
    expect(word(state, ANN, moved("gold", null, 1))).toBe("stale");
    expect(word(state, ANN, moved("staging", null, 1, { evidence: good }))).toBe("stale");
    expect(word(state, ANN, moved("production", 0, 1, { evidence: good }))).toBe("stale");
  });
});

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

test("an act that is applied leaves the former state as it was", () => {
  const before = structuredClone(SAMPLE);
  after(SAMPLE, ANN, moved("production", 0, 2), unlinked(1, "best"), linked(3, sourceOf(3)));
  expect(SAMPLE).toEqual(before);
});
