// JSON trees: what is in them as it is written, and what no tree can be made of.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkJson } from "../../src/preview/json/check-json.ts";
import { membersAt, skipBlank, typeAt, valueEnd } from "../../src/preview/json/json-values.ts";
import { openJson } from "../../src/preview/json/open-json.ts";
import { fileOf, vegaFile } from "./files.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As the browser's parser would give it. */
function plain(bytes: Uint8Array, start: number): unknown {
  const members = [...membersAt(bytes, start)];
  const textOf = ({ start: from, end }: { readonly start: number; readonly end: number }): string =>
    new TextDecoder().decode(bytes.subarray(from, end));
  switch (typeAt(bytes, start)) {
    case "array":
      return members.map((member) => plain(bytes, member.start));
    case "object":
      return Object.fromEntries(
        members.map(({ name, start: at }) => [
          name === null ? "" : JSON.parse(textOf(name)),
          plain(bytes, at),
        ]),
      );
    default:
      return JSON.parse(textOf({ start, end: valueEnd(bytes, start) }));
  }
}

describe("reading JSON", () => {
  test("finds what the browser's parser finds", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const bytes = encode(JSON.stringify(value, null, indent));
        expect(checkJson(bytes)).toEqual({ hasNaN: false });
        expect(plain(bytes, skipBlank(bytes, 0))).toEqual(value);
      }),
    );
  });

  test("refuses what the browser's parser refuses", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", "}", ",", '"', "x", "\n", "\\", "\\u00", "-", "0", ".", "e"),
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
          const isRefused = fails(() => JSON.parse(broken));
          expect(fails(() => checkJson(encode(broken)))).toBe(isRefused);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("says where it is broken", () => {
    const check = (text: string) => () => checkJson(encode(text));
    expect(check('{\n  "a": 1,\n  "\u00e9" 2\n}')).toThrow(
      "a colon is missing at line 3, column 7",
    );
    expect(check("[1, 2")).toThrow("it ends too early at line 1, column 6");
    expect(check("[1] x")).toThrow("something follows its end at line 1, column 5");
    expect(check('["a')).toThrow("a text is never closed, which begins at line 1, column 2");
    expect(check('["\\x"]')).toThrow("must be escaped, which begins at line 1, column 2");
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

  test("keeps digits, order and names that come twice", async () => {
    const { preview } = await openJson(
      fileOf('{"2":1.10,"1":12345678901234567890,"2":null}', "a.json"),
    );
    expect(preview).toMatchObject({
      members: [
        { key: "2", text: "1.10" },
        { key: "1", text: "12345678901234567890" },
        { key: "2", text: "null" },
      ],
    });
  });

  test("is read in UTF-16 too, and odd bytes are told of", async () => {
    const wide = Buffer.from('\ufeff[1, "\u00e9"]', "utf16le");
    expect((await openJson(fileOf(wide, "a.json"))).preview).toMatchObject({
      members: [{ text: "1" }, { text: '"\u00e9"' }],
      notes: [],
    });
    const odd = Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]);
    const { preview } = await openJson(fileOf(odd, "a.json"));
    expect(preview).toMatchObject({ members: [{ text: '"\ufffd"' }] });
    expect(preview.notes.join()).toContain("not valid UTF-8");
  });

  test("ten megabytes open in less than a second of work", async () => {
    const row = JSON.stringify({ id: 1, name: "a name", score: 0.123, tags: ["a", "b"] });
    const file = fileOf(`[${`${row},\n`.repeat(180_000)}${row}]`, "a.json");
    expect(file.source.size).toBeGreaterThan(10e6);
    const before = process.cpuUsage();
    const { preview, readMembers } = await openJson(file);
    expect(preview).toMatchObject({ root: { count: 180_001 } });
    expect(await readMembers?.([180_000, "tags"], 1, 5)).toMatchObject([{ key: 1, text: '"b"' }]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
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
    const blob = new Blob([`"${"x".repeat(65 << 20)}"`]);
    const source = { size: blob.size, read: () => Promise.reject(new Error("was read")) };
    await expect(openJson({ source, blob, path: "a.json" })).rejects.toMatchObject({
      code: "file_unreadable",
      data: { reason: "it is larger than 64 MiB" },
    });
  });
});
