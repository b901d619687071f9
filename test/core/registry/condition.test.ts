import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  COMPARISONS,
  CONDITION_MAX_LINES,
  evidenceFor,
  formatCondition,
  judgeCondition,
  parseCondition,
  type Condition,
} from "../../../src/core/registry/condition.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import type { Tag } from "../../../src/core/tags.ts";
import { anyText } from "../arbitraries.ts";
import { codeThrownBy } from "./sample.ts";

const AUDITED = "audited" as Tag;

function conditionOf(text: string): Condition {
  const condition = parseCondition(text);
  if (condition === null) throw new Error("no condition");
  return condition;
}

/** What a version with that metadata and those tags lacks. */
function lacks(text: string, metadata: JsonObject, tags: readonly Tag[] = []): readonly string[] {
  const condition = conditionOf(text);
  return judgeCondition(condition, evidenceFor(condition, metadata, tags));
}

describe("conditions as text", () => {
  test("have a line for each thing", () => {
    expect(
      parseCondition(
        " metadata.accuracy >= 0.9\r\n\n metadata.eval.set \ntag:  audited \nmetadata.loss<1e-3",
      ),
    ).toEqual({
      metadata: ["eval.set"],
      tags: ["audited"],
      rules: [
        { path: "accuracy", comparison: ">=", value: 0.9 },
        { path: "loss", comparison: "<", value: 0.001 },
      ],
    });
    expect(parseCondition("")).toBeNull();
    expect(parseCondition(" \n\n")).toBeNull();
    expect(formatCondition(null)).toBe("");
  });

  test("say nothing twice", () => {
    expect(
      parseCondition("metadata.a\nmetadata.a\ntag: x\ntag: x\nmetadata.b>1\nmetadata.b > 1.0"),
    ).toEqual({
      metadata: ["a"],
      tags: ["x"],
      rules: [{ path: "b", comparison: ">", value: 1 }],
    });
  });

  test.each([
    ["accuracy >= 0.9", "line 1", "something else is said"],
    ["metadata.a\n\nhello", "line 3, “hello”", "something else is said"],
    ["metadata.", "line 1", "after “metadata.” comes a key"],
    ["metadata.a..b", "line 1", "after “metadata.” comes a key"],
    ["metadata.a b", "line 1", "after “metadata.” comes a key"],
    ["metadata.a = 1", "line 1", "“=” compares nothing"],
    ["metadata.a => 1", "line 1", "“=>” compares nothing"],
    ["metadata.a >= high", "line 1", "“high” is not a number"],
    ["metadata.a >=", "line 1", "“” is not a number"],
    ["metadata.a >= 1e999", "line 1", "“1e999” is not a number"],
    ["metadata.a >= 0x10", "line 1", "“0x10” is not a number"],
    ["tag: a/b", "line 1", "the tag can't be used"],
    ["tag:", "line 1", "the tag can't be used: it is empty"],
    [`metadata.${"a".repeat(201)}`, "line 1", "longer than 200"],
    ["metadata.a\n".repeat(CONDITION_MAX_LINES + 1), `line ${CONDITION_MAX_LINES + 1}`, "too many"],
  ])("%j is refused", (text, line, reason) => {
    expect(() => parseCondition(text)).toThrow(line);
    expect(() => parseCondition(text)).toThrow(reason);
    expect(() => parseCondition(text)).toThrow("The condition can't be used");
  });

  test("are read back", () => {
    const path = fc
      .array(fc.constantFrom("a", "b_1", "é", "__proto__"), { minLength: 1, maxLength: 3 })
      .map((keys) => keys.join("."));
    const rule = fc.record({
      path,
      comparison: fc.constantFrom(...COMPARISONS),
      value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    });
    const condition = fc
      .record({
        metadata: fc.uniqueArray(path, { maxLength: 5 }),
        tags: fc.uniqueArray(fc.constantFrom("a", "b c", "d-e"), { maxLength: 3 }),
        rules: fc.uniqueArray(rule, {
          selector: (entry) => JSON.stringify(entry),
          maxLength: 5,
        }),
      })
      .filter(({ metadata, tags, rules }) => metadata.length + tags.length + rules.length > 0);
    fc.assert(
      fc.property(condition, (given) => {
        expect(parseCondition(formatCondition(given as unknown as Condition))).toEqual(given);
      }),
    );
  });

  test("any text is one, or refused with words", () => {
    const near = fc.tuple(fc.constantFrom("", "metadata.", "metadata.a >=", "tag:"), anyText);
    fc.assert(
      fc.property(near, ([front, rest]) => {
        const read = (): Condition | null => parseCondition(front + rest);
        expect([null, "invalid_text"]).toContain(codeThrownBy(read));
        fc.pre(codeThrownBy(read) === null);
        expect(parseCondition(formatCondition(read()))).toEqual(read());
      }),
    );
  });
});

describe("conditions", () => {
  test.each([
    [">=", 0.9, "not at least 0.9", [0.9, 1], [0.89]],
    ["<=", 0.9, "not at most 0.9", [0.9, -1], [0.91]],
    [">", 0.9, "not more than 0.9", [0.91], [0.9, 0]],
    ["<", 0.9, "not less than 0.9", [0.89], [0.9, 2]],
    ["==", 3, "not 3", [3], [2, 4]],
  ])("%s %d", (comparison, value, wanted, right, wrong) => {
    const text = `metadata.m ${comparison} ${value}`;
    for (const m of right) expect(lacks(text, { m })).toEqual([]);
    for (const m of wrong) expect(lacks(text, { m })).toEqual([`metadata.m is ${m}, ${wanted}`]);
  });

  test("say what is missing, each thing once", () => {
    const text = "metadata.a\nmetadata.a > 1\nmetadata.b > 1\nmetadata.c\ntag: audited";
    expect(lacks(text, { b: "2", c: null })).toEqual([
      "metadata.a is missing",
      "metadata.c has no value",
      "metadata.b is not a number",
      "the tag “audited” is missing",
    ]);
    expect(lacks(text, { a: 2, b: 2, c: false }, [AUDITED])).toEqual([]);
  });

  test("find nested values, and keys that have dots", () => {
    expect(lacks("metadata.eval.top.1", { eval: { top: { "1": 0 } } })).toEqual([]);
    expect(lacks("metadata.eval.top.1", { "eval.top": { "1": 0 } })).toEqual([]);
    expect(lacks("metadata.eval.top.1", { "eval.top.1": 0 })).toEqual([]);
    expect(lacks("metadata.eval.top.1", { eval: { "top.1": 0 } })).toEqual([]);
    expect(lacks("metadata.eval.top.1", { eval: { top: 1 } })).toHaveLength(1);
  });

  test.each(["__proto__", "constructor", "toString", "a.constructor"])(
    "%s is no value where nobody put one",
    (path) => {
      expect(lacks(`metadata.${path}`, { a: {} })).toEqual([`metadata.${path} is missing`]);
    },
  );
});

describe("evidence", () => {
  test("is what the condition looks at, and no more", () => {
    const condition = conditionOf("metadata.a\nmetadata.b.c > 1\ntag: audited\ntag: x");
    const metadata = { a: "text", b: { c: 2, d: 3 }, secret: "s" };
    expect(evidenceFor(condition, metadata, [AUDITED, "other" as Tag])).toEqual({
      metadata: { a: "text", "b.c": 2 },
      tags: ["audited"],
    });
  });

  test("has of large values only that they are there", () => {
    const condition = conditionOf("metadata.a\nmetadata.b\nmetadata.c");
    const metadata = { a: [1, 2], b: { x: 1 }, c: "x".repeat(1000) };
    expect(evidenceFor(condition, metadata, []).metadata).toEqual({ a: true, b: true, c: true });
  });
});
