// JSON trees: what is in them as it is written, and what no tree can be made of.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openJson } from "../../src/preview/json/open-json.ts";
import {
  ExactNumber,
  JsonMembers,
  parseJson,
  type JsonValue,
} from "../../src/preview/json/parse-json.ts";
import { fileOf, vegaFile } from "./files.ts";

/** As the browser's parser would give it. */
function plain(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return Number(value.digits);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof JsonMembers)
    return Object.fromEntries(
      value.names.map((name, at) => [name, plain(value.values[at] ?? null)]),
    );
  return value;
}

describe("the JSON parser", () => {
  test("reads what the browser's parser reads", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(plain(parseJson(JSON.stringify(value, null, indent)).value)).toEqual(value);
      }),
    );
  });

  test("refuses what the browser's parser refuses", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", "}", ",", '"', "x", "\n"),
        (text, at, piece) => {
          const cut = at % (text.length + 1);
          const broken = text.slice(0, cut) + piece + text.slice(cut + 1);
          const fails = (parse: () => unknown): boolean => {
            try {
              parse();
              return false;
            } catch {
              return true;
            }
          };
          expect(fails(() => parseJson(broken))).toBe(fails(() => JSON.parse(broken)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("keeps digits, order and names that come twice", () => {
    const { value } = parseJson('{"2":1.10,"1":12345678901234567890,"2":null}');
    expect(value).toMatchObject({
      names: ["2", "1", "2"],
      values: [{ digits: "1.10" }, { digits: "12345678901234567890" }, null],
    });
  });

  test("says where it is broken", () => {
    expect(() => parseJson('{\n  "a": 1,\n  "b" 2\n}')).toThrow(
      "a colon is missing at line 3, column 7",
    );
    expect(() => parseJson("[1, 2")).toThrow("it ends too early at line 1, column 6");
    expect(() => parseJson("[1] x")).toThrow("something follows its end at line 1, column 5");
  });
});

describe("a JSON tree", () => {
  test("gives members a page at a time", async () => {
    const opened = await openJson(fileOf(await vegaFile("movies.json"), "movies.json"));
    const { preview, readMembers } = opened;
    expect(preview).toMatchObject({
      kind: "json",
      root: { type: "array", count: 3_201, key: null },
    });
    expect(await readMembers?.([], 3_200, 10)).toMatchObject([{ key: 3_200, type: "object" }]);
    const members = await readMembers?.([0], 0, 2);
    expect(members).toEqual([
      { key: "Title", type: "string", text: '"The Land Girls"', count: 0 },
      { key: "US Gross", type: "number", text: "146083", count: 0 },
    ]);
    expect(await readMembers?.([0, "no such"], 0, 2)).toEqual([]);
  });

  test("a hundred thousand levels deep does not overflow", async () => {
    const depth = 100_000;
    const opened = await openJson(
      fileOf(`${'[{"a":'.repeat(depth)}1${"}]".repeat(depth)}`, "a.json"),
    );
    const steps = Array.from({ length: depth }, () => [0, "a"])
      .flat()
      .slice(0, -1);
    expect(await opened.readMembers?.(steps, 0, 1)).toEqual([
      { key: "a", type: "number", text: "1", count: 0 },
    ]);
  });

  test("Python's NaN is shown, with a note", async () => {
    const { preview } = await openJson(fileOf('{"loss": NaN, "low": -Infinity}', "a.json"));
    expect(preview).toMatchObject({ members: [{ text: "NaN" }, { text: "-Infinity" }] });
    expect(preview.notes.join()).toContain("NaN");
  });

  test("long texts are cut", async () => {
    const { preview } = await openJson(fileOf(JSON.stringify({ long: "x".repeat(1e6) }), "a.json"));
    expect(JSON.stringify(preview).length).toBeLessThan(5_000);
  });

  test("what is too large is refused before it is read", async () => {
    const blob = new Blob([`"${"x".repeat(33 << 20)}"`]);
    const source = { size: blob.size, read: () => Promise.reject(new Error("was read")) };
    await expect(openJson({ source, blob, path: "a.json" })).rejects.toMatchObject({
      code: "file_unreadable",
      data: { reason: "it is larger than 32 MiB" },
    });
  });
});
