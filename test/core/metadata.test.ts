import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "../../src/core/json.ts";
import { findJsonError } from "../../src/core/json-syntax.ts";
import {
  checkMetadata,
  METADATA_MAX_DEPTH,
  METADATA_MAX_LENGTH,
  parseMetadata,
} from "../../src/core/metadata.ts";

const nested = (levels: number): string =>
  `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
const reasonOf = (text: string): string | undefined => checkMetadata(text)?.data.reason;

describe("metadata", () => {
  test.each([
    ["", {}],
    [" \n", {}],
    ["{}", {}],
    ['{"a":[1,null,{"b":"}]"}]}', { a: [1, null, { b: "}]" }] }],
    [' {"é":"\\u00e9"} ', { é: "é" }],
    ['{"a":1,"a":2}', { a: 2 }],
    ["\u00a0", {}],
  ])("[M3] %j is metadata", (text, value) => {
    expect(checkMetadata(text)).toBeNull();
    expect(parseMetadata(text)).toEqual(value);
  });

  test.each(["[]", "1", "null", '"x"', "true"])("[M3] %j is JSON, but no object", (text) => {
    expect(reasonOf(text)).toContain("must be a JSON object");
  });

  test.each([
    ["nope", "line 1, column 1"],
    ["{a:1}", "line 1, column 2"],
    ['{"a": nan}', "line 1, column 7"],
    ['{"a": 01}', "line 1, column 8"],
    ['{"a": 1,}', "line 1, column 9"],
    ['{\n  "a": 1\n  "b": 2\n}', "line 3, column 3"],
    ["{'a': 1}", "line 1, column 2"],
    ['{"a": "\n"}', "line 1, column 8"],
    ['{"a": "\\x"}', "line 1, column 8"],
    ["{} {}", "line 1, column 4"],
    ['{"a": [1,]}', "line 1, column 10"],
    ['{"position 99": x}', "line 1, column 17"],
    ['{"a": 1', "it ends too early"],
    ['{"a": "b', "it ends too early"],
    ["{", "it ends too early"],
    ['{"a":\n', "it ends too early"],
    ['{"a": "b\n ', "it ends too early"],
    // White space to a person, but not to JSON.
    ['{"a":1}\u00a0', "line 1, column 8"],
    ['{"a":1}\ufeff\n', "line 1, column 8"],
    ["{\u2028", "line 1, column 2"],
    ["\ufeff{}", "line 1, column 1"],
  ])("[M3] %j: the reason says where it stops being JSON", (text, place) => {
    expect(reasonOf(text)).toBe(`it is not JSON (${place})`);
  });

  test("[M3] 32 levels are kept, more are refused before anything can overflow", () => {
    expect(checkMetadata(nested(METADATA_MAX_DEPTH))).toBeNull();
    expect(reasonOf(nested(METADATA_MAX_DEPTH + 1))).toContain("more than 32 levels");
    expect(reasonOf("[".repeat(500_000))).toContain("more than 32 levels");
    expect(checkMetadata(`{"a":"${"[".repeat(100)}\\"${"{".repeat(100)}"}`)).toBeNull();
  });

  test("[M3] a million characters are kept, more are refused", () => {
    const fill = (length: number): string => `{"a":"${"x".repeat(length - 8)}"}`;
    expect(checkMetadata(fill(METADATA_MAX_LENGTH))).toBeNull();
    expect(reasonOf(fill(METADATA_MAX_LENGTH + 1))).toContain("1,000,000 characters");
  });

  test("[M3] text made to take long is still answered", () => {
    expect(reasonOf('\\"'.repeat(METADATA_MAX_LENGTH / 2))).toContain("line 1, column 1");
    expect(reasonOf(`{"a":"${'\\"'.repeat(400_000)}`)).toContain("ends too early");
  });

  test.each([
    ['{"a":1e999}', "a"],
    ['{"a":{"b":[0,-1e400]}}', "a.b.1"],
  ])("[M3] %j: a number that would become infinite is named", (text, place) => {
    expect(reasonOf(text)).toBe(`the number at “${place}” is too large to keep`);
  });

  test("[M3] a key called __proto__ is a key like others", () => {
    expect(Object.keys(parseMetadata('{"__proto__":{"x":1}}'))).toEqual(["__proto__"]);
    expect(canonicalJson(parseMetadata('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
  });

  test("finds an error where, and only where, the text stops being JSON", () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(60),
        fc.constantFrom(
          "",
          "]",
          "}",
          ",",
          ":",
          '"',
          "\\",
          "0",
          "-",
          ".",
          "e",
          "\n",
          "t",
          " ",
          "[",
          "{",
        ),
      )
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const at = findJsonError(text);
        expect(at === undefined).toBe(isJson);
        // What stands before the error is JSON, or could still become it.
        expect([undefined, at]).toContain(findJsonError(text.slice(0, at)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("canonical JSON", () => {
  test("[E2] keys by UTF-8 bytes, no white space", () => {
    expect(canonicalJson({ b: 1, a: [true, null, "x\n"], "😀": {}, "\uffee": [] })).toBe(
      '{"a":[true,null,"x\\n"],"b":1,"\uffee":[],"😀":{}}',
    );
  });

  test("[E2] equal values have equal text, and it parses back", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const json = value as Json;
        const text = canonicalJson(json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)));
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
