// What may come in from outside as an event, and what becomes of it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventText, readEvent, readRequest } from "../../../src/core/registry/event-text.ts";
import type { RegistryActKind } from "../../../src/core/registry/records.ts";
import { nextEvent } from "./log.ts";
import { ANN, sourceOf } from "./sample.ts";
import { ACTS, CONDITION, MO_FIELDS } from "./every-act.ts";

type Plain = Record<string, unknown>;

/** Objects in each other. */
function nested(levels: number): Plain {
  return levels === 0 ? {} : { in: nested(levels - 1) };
}

/** The JSON of an event of that kind, to be spoilt. */
function jsonOf(kind: RegistryActKind): Plain & { act: Plain } {
  const text = eventText(nextEvent([], ANN, ACTS[kind]).event);
  return JSON.parse(text) as Plain & { act: Plain };
}

function reasonOf(read: object): string {
  return "reason" in read && typeof read.reason === "string" ? read.reason : "it was read";
}

/** Why an event with another act is refused. */
function refusal(kind: RegistryActKind, change: Plain): string {
  const json = jsonOf(kind);
  return reasonOf(readEvent({ ...json, act: { ...json.act, ...change } }));
}

describe("an event from outside", () => {
  test.each<[string, unknown, string]>([
    ["null", null, "it is not an object"],
    ["a list", [], "it is not an object"],
    ["a text", "x", "it is not an object"],
    ["nothing", {}, "it has no “registry”"],
  ])("is not %s", (_, json, reason) => {
    expect(reasonOf(readEvent(json))).toBe(reason);
    expect(reasonOf(readRequest(json))).toBe(reason);
  });

  test.each(["registry", "seq", "uid", "at", "actor", "act", "previous", "signature"])(
    "has its %s",
    (field) => {
      const { [field]: _, ...rest } = jsonOf("registry-created");
      expect(reasonOf(readEvent(rest))).toBe(`it has no “${field}”`);
    },
  );

  test.each<[Plain, string]>([
    [{ more: 1 }, "it has a field “more”, which this Cairn doesn't know"],
    [JSON.parse('{"__proto__": {"seq": 1}}') as Plain, "it has a field “__proto__”"],
    [{ seq: -1 }, "“seq” is not a whole number from 0"],
    [{ seq: 1.5 }, "“seq” is not a whole number from 0"],
    [{ seq: "1" }, "“seq” is not a whole number from 0"],
    [{ seq: 2 ** 53 }, "“seq” is not a whole number from 0"],
    [{ uid: "" }, "“uid” can't be used: it is not an id"],
    [{ uid: "a/b" }, "“uid” can't be used: it is not an id"],
    [{ at: "2026-01-01" }, "“at” can't be used: it is not a time"],
    [{ at: "2026-02-31T00:00:00.000Z" }, "“at” can't be used: it is not a time"],
    [{ at: "2026-01-01T00:00:00.000+01:00" }, "“at” can't be used: it is not a time"],
    [{ at: 5 }, "“at” is not a text"],
    [{ actor: "Ann" }, "“actor” can't be used: it is not a key"],
    [{ previous: "blake3:00" }, "“previous” can't be used: it is not a digest"],
    [{ signature: "x" }, "“signature” can't be used: it is not a signature"],
    [{ signature: `${"s".repeat(85)}B` }, "“signature” can't be used: it is not a signature"],
    [{ act: null }, "“act” is not an object"],
    [{ act: { kind: "Eve's kind" } }, "of a kind that this Cairn doesn't know: “Eve's kind”"],
    [{ act: { kind: "alias-frozen", why: "x".repeat(100_001) } }, "more than 100000 characters"],
    [{ act: { kind: "alias-frozen", deep: nested(200) } }, "nested too deeply"],
    [{ act: { kind: "toString" } }, "of a kind that this Cairn doesn't know"],
    [{ act: {} }, "of a kind that this Cairn doesn't know: “undefined”"],
  ])("with %j is refused", (change, reason) => {
    const json = jsonOf("registry-created");
    expect(
      reasonOf(readEvent(Object.assign(Object.create(null), json, spoil(json, change)))),
    ).toContain(reason);
  });

  test.each<[RegistryActKind, Plain, string]>([
    ["registry-created", { name: "a b" }, "“act.name” can't be used: character 2 is a space"],
    ["registry-created", { name: "registry-x" }, "stands in front"],
    ["registry-created", { by: " Ann" }, "“act.by” can't be used: it begins or ends"],
    ["registry-created", { by: "\u202e" }, "“act.by” can't be used: it has characters"],
    ["registry-created", { visibility: "secret" }, "“act.visibility” is not one of open, members"],
    ["registry-created", { description: "x".repeat(20_001) }, "more than 20000 characters"],
    [
      "registry-created",
      { types: Array.from({ length: 101 }, () => "a") },
      "more than 100 entries",
    ],
    ["registry-created", { types: ["a", "b/c"] }, "“act.types.1” can't be used"],
    ["registry-created", { types: "model" }, "“act.types” is not a list"],
    ["registry-created", { hubUser: "a b" }, "“act.hubUser” can't be used"],
    ["registry-edited", { after: { name: "x" } }, "“act.after” has a field “name”"],
    ["registry-deleted", { why: "x" }, "“act” has a field “why”"],
    ["member-added", { role: "owner" }, "“act.role” is not one of admin, member"],
    ["member-added", { member: "x" }, "“act.member” can't be used: it is not a key"],
    ["member-changed", { before: MO_FIELDS, after: { name: "x" } }, "“act.after” has no “role”"],
    ["protection-added", { pattern: "latest" }, "“act.pattern” can't be used: it is reserved"],
    ["protection-added", { pattern: "a b*" }, "“act.pattern” can't be used: character 2"],
    ["protection-added", { condition: { ...CONDITION, tags: ["/"] } }, "“act.condition.tags.0”"],
    ["protection-added", { condition: { ...CONDITION, metadata: ["a b"] } }, "metadata.0” can't"],
    [
      "protection-added",
      { condition: { ...CONDITION, rules: [{ path: "a", comparison: "~", value: 1 }] } },
      "“act.condition.rules.0.comparison” is not one of",
    ],
    [
      "protection-added",
      { condition: { ...CONDITION, rules: [{ path: "a", comparison: ">", value: "1" }] } },
      "“act.condition.rules.0.value” is not a number",
    ],
    ["collection-created", { collection: "." }, "“act.collection” can't be used"],
    ["collection-created", { tags: Array.from({ length: 101 }, (_, i) => `t${i}`) }, "100 entries"],
    ["version-linked", { source: { ...sourceOf(0), sizeBytes: -1 } }, "“act.source.sizeBytes”"],
    ["version-linked", { source: { ...sourceOf(0), digest: "x" } }, "“act.source.digest”"],
    ["version-unlinked", { aliases: ["v1"] }, "“act.aliases.0” can't be used: it is reserved"],
    ["alias-moved", { alias: "latest" }, "“act.alias” can't be used: it is reserved"],
    ["alias-moved", { before: undefined }, "“act.before” is not a whole number"],
    ["alias-moved", { evidence: { metadata: { a: {} }, tags: [] } }, "is not a short, plain value"],
    [
      "alias-moved",
      { evidence: { metadata: { a: "x".repeat(201) }, tags: [] } },
      "is not a short, plain value",
    ],
    [
      "alias-moved",
      { evidence: { metadata: { "a b": 1 }, tags: [] } },
      "is not the key of a value",
    ],
    [
      "alias-moved",
      {
        evidence: {
          metadata: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i])),
          tags: [],
        },
      },
      "too many entries",
    ],
    ["promotion-requested", { note: "x".repeat(20_001) }, "“act.note” has more than 20000"],
    ["promotion-settled", { outcome: "maybe" }, "“act.outcome” is not one of"],
    ["promotion-settled", { signed: {} }, "“act.signed” has no “registry”"],
  ])("of kind %s with %j is refused", (kind, change, reason) => {
    expect(refusal(kind, change)).toContain(reason);
  });

  test("[E3] an act of a newer Cairn is kept as it is", () => {
    const act = { kind: "alias-frozen", aliases: ["production"], until: null };
    const json = { ...jsonOf("registry-created"), act };
    const read = readEvent(json);
    expect(read).toEqual(json);
    expect("reason" in read ? "" : JSON.parse(eventText(read))).toEqual(json);
    // As JSON.parse reads 1e999.
    const endless = readEvent({ ...json, act: { ...act, until: Number.POSITIVE_INFINITY } });
    expect(reasonOf(endless)).toContain("“until” is Infinity");
  });

  test("-0 becomes 0, as its text says", () => {
    const json = { ...jsonOf("registry-created"), seq: -0 };
    expect(readEvent(json)).toMatchObject({ seq: 0 });
  });

  test("is read whatever it holds, without a throw", () => {
    const json = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
      fc.json().map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(reasonOf(readEvent(value))).not.toBe("it was read");
        expect(reasonOf(readRequest(value))).not.toBe("it was read");
      }),
      { numRuns: 500 },
    );
  });

  test("is read whatever one of its fields holds, and clean where it is read", () => {
    const path = fc.array(fc.nat(8), { minLength: 1, maxLength: 4 });
    // Mostly what a field may hold, as what can't be read says nothing here.
    const plain = fc.oneof(fc.string({ maxLength: 9 }), fc.nat(9), fc.constant(null));
    const held = fc.oneof({ weight: 3, arbitrary: plain }, fc.anything());
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(ACTS) as RegistryActKind[])),
        path,
        held,
        (kind, way, value) => {
          const json = jsonOf(kind);
          put(json, way, value);
          const read = readEvent(json);
          fc.pre(!("reason" in read));
          expect(readEvent(JSON.parse(eventText(read)))).toEqual(read);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("nested without end is refused, not walked", () => {
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i++) deep = { act: deep, kind: deep, metadata: [deep] };
    expect(reasonOf(readEvent(deep))).toContain("of a kind that this Cairn doesn't know");
    expect(refusal("protection-added", { condition: deep })).toContain("“act.condition” has");
    const evidence = { metadata: { a: deep }, tags: [] };
    expect(refusal("alias-moved", { evidence })).toContain("is not a short, plain value");
  });

  test("with a long wrong name is not said back in whole", () => {
    const json = { ...jsonOf("registry-created"), ["x".repeat(100_000)]: 1 };
    expect(reasonOf(readEvent(json)).length).toBeLessThan(200);
    expect(refusal("registry-created", { kind: "x".repeat(100_000) }).length).toBeLessThan(200);
  });
});

/** With `__proto__` as a field of its own, as `JSON.parse` makes it. */
function spoil(json: Plain, change: Plain): Plain {
  return JSON.parse(JSON.stringify({ ...json, ...change })) as Plain;
}

/** Puts a value somewhere inside. */
function put(json: Plain, way: readonly number[], value: unknown): void {
  let at = json;
  for (const [step, turn] of way.entries()) {
    const keys = Object.keys(at);
    const key = keys[turn % Math.max(1, keys.length)];
    if (key === undefined) return;
    const inner = at[key];
    if (step === way.length - 1 || typeof inner !== "object" || inner === null) {
      at[key] = value;
      return;
    }
    at = inner as Plain;
  }
}
