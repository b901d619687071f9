// The rules of a registry, its people and what protects its aliases: what each forbids, and what an event may not claim.
import { describe, expect, test } from "vitest";
import type { Tag } from "../../../src/core/tags.ts";
import type { RegistryAct } from "../../../src/core/registry/records.ts";
import {
  after,
  ANN,
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
  protectedBy,
  removed,
  SAM,
  SAMPLE,
  sentence,
  sourceOf,
  typeOf,
  unlinked,
  VI,
  word,
} from "./sample.ts";

const deletedDigits = { kind: "collection-deleted", collection: DIGITS } as const;
const restoredDigits = { kind: "collection-restored", collection: DIGITS } as const;

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

test("an act that is applied leaves the former state as it was", () => {
  const before = structuredClone(SAMPLE);
  after(SAMPLE, ANN, moved("production", 0, 2), unlinked(1, "best"), linked(3, sourceOf(3)));
  expect(SAMPLE).toEqual(before);
});
