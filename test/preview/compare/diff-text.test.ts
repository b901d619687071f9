import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { TextDiff } from "../../../src/protocol/compare-api.ts";
import { diffLines } from "../../../src/preview/compare/diff-lines.ts";
import { diffText } from "../../../src/preview/compare/diff-text.ts";
import { formatJson } from "../../../src/preview/compare/format-json.ts";

async function diffed(before: BlobPart, after: BlobPart, path = "a.txt"): Promise<TextDiff> {
  const { diff } = await diffText(new Blob([before]), new Blob([after]), path);
  if (diff.kind === "none") throw new Error(`no diff: ${diff.reason}`);
  return diff;
}

/** As a unified diff is written, a gap as `@ 12`. */
function shown(diff: TextDiff): readonly string[] {
  const signs = { added: "+", removed: "-", same: " " } as const;
  const lines = diff.hunks.flatMap(({ skipped, lines: hunk }) => [
    ...(skipped > 0 ? [`@ ${skipped}`] : []),
    ...hunk.map(
      ({ change, tokens }) => `${signs[change]}${tokens.map(({ text }) => text).join("")}`,
    ),
  ]);
  return diff.skippedAtEnd > 0 ? [...lines, `@ ${diff.skippedAtEnd}`] : lines;
}

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join("");

describe("hunks", () => {
  it("shows changed lines with three around them", async () => {
    const diff = await diffed(numbers(1, 20), numbers(1, 9) + "ten\n" + numbers(11, 20));
    expect(shown(diff)).toEqual([
      "@ 6",
      " 7",
      " 8",
      " 9",
      "-10",
      "+ten",
      " 11",
      " 12",
      " 13",
      "@ 7",
    ]);
    expect(diff).toMatchObject({ added: 1, removed: 1, notes: [] });
  });

  it("joins changes that stand close, and numbers both sides", async () => {
    const diff = await diffed("a\nb\nc\nd\n", "A\nb\nc\nnew\nD\n");
    expect(diff.hunks).toHaveLength(1);
    expect(diff.hunks[0]?.lines.map(({ before, after }) => [before, after])).toEqual([
      [1, null],
      [null, 1],
      [2, 2],
      [3, 3],
      [4, null],
      [null, 4],
      [null, 5],
    ]);
  });

  it("gives the lines it skipped for unfolding", async () => {
    const text = (line: string): Blob => new Blob([numbers(1, 30) + line]);
    const { newLines } = await diffText(text("x\n"), text("y\n"), "a.txt");
    expect(newLines.slice(4, 6).map((line) => line.map(({ text: part }) => part).join(""))).toEqual(
      ["5", "6"],
    );
  });

  it("shows all of a text that came or went", async () => {
    expect(shown(await diffed("", "a\nb\n"))).toEqual(["+a", "+b"]);
    expect(shown(await diffed("a\n", ""))).toEqual(["-a"]);
  });
});

it("marks the words that differ in a line", async () => {
  const diff = await diffed("learning_rate = 0.1\n", "learning_rate = 0.25\n");
  const [removed, added] = diff.hunks[0]?.lines ?? [];
  const marked = (line: typeof added): readonly string[] | undefined => {
    const text = line?.tokens.map((token) => token.text).join("") ?? "";
    return line?.marks.map(([from, to]) => text.slice(from, to));
  };
  expect(marked(removed)?.join("")).toContain("1");
  expect(marked(added)?.join("")).toContain("25");
  expect(marked(added)?.join("")).not.toContain("learning");
});

it("marks no words in lines that have nothing in common", async () => {
  const diff = await diffed("alpha beta gamma\n", "completely other words\n");
  expect(diff.hunks[0]?.lines.map(({ marks }) => marks)).toEqual([[], []]);
});

describe("what lines don't show", () => {
  it.each([
    ["a\nb\n", "a\r\nb\r\n", /line ends are LF \(Unix\) before, CRLF \(Windows\) after/],
    ["a\n", "a", /no longer ends with a line end/],
    ["a", "\ufeffa", /byte order mark at the start came/],
  ])("%j and %j", async (before, after, note) => {
    const diff = await diffed(before, after);
    expect(diff).toMatchObject({ added: 0, removed: 0, hunks: [] });
    expect(diff.notes.join()).toMatch(note);
  });

  it("says that only white space differs", async () => {
    expect((await diffed("if x:\n  y\n", "if x:\n    y\n")).notes).toEqual([
      "Only white space differs.",
    ]);
    expect((await diffed("a b\n", "a c\n")).notes).toEqual([]);
  });

  it("says that bytes are not valid", async () => {
    const diff = await diffed(new Uint8Array([0x61, 0xff, 0x0a]), "a\n");
    expect(diff.notes.join()).toContain("older file are not valid UTF-8");
  });

  it("compares UTF-16 with UTF-8", async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0]);
    const diff = await diffed(utf16, "a\n");
    expect(diff.hunks).toEqual([]);
    expect(diff.notes.join()).toContain("encoding is utf-16le before, utf-8 after");
  });
});

describe("JSON", () => {
  it("is put on lines where it is one long line", async () => {
    const json = (value: number): string =>
      JSON.stringify({ pad: "x".repeat(500), a: 1, b: { c: value }, big: 1 });
    const diff = await diffed(json(1), json(2), "model/config.json");
    expect(shown(diff)).toContain('-    "c": 1');
    expect(shown(diff)).toContain('+    "c": 2');
    expect(diff.notes.join()).toContain("put on lines first");
  });

  it("that differs in its layout only says so", async () => {
    const diff = await diffed('{"a":[1,2]}', '{\n "a": [1, 2]\n}\n', "a.json");
    expect(diff).toMatchObject({
      hunks: [],
      notes: ["Only the layout differs: the values are the same."],
    });
  });

  it("of one object a line stays as it is", async () => {
    const long = "x".repeat(500);
    const row = (value: number): string => `${JSON.stringify({ long, value })}\n`;
    const diff = await diffed(row(1) + row(2), row(1) + row(3), "a.jsonl");
    expect(diff).toMatchObject({ added: 1, removed: 1, notes: [] });
  });

  it("keeps every digit and breaks nothing", () => {
    expect(formatJson('{"n":12345678901234567890,"s":"a,{b}\\"","e":[],"o":{}}')).toBe(
      '{\n  "n": 12345678901234567890,\n  "s": "a,{b}\\"",\n  "e": [],\n  "o": {}\n}\n',
    );
    expect(formatJson("not json")).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = formatJson(JSON.stringify([value])) ?? "";
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify([value]));
      }),
    );
  });

  it("survives deep nesting and an endless string", () => {
    expect(formatJson("[".repeat(100_000))?.length).toBeLessThan(20_000_000);
    expect(formatJson(`["${"\\".repeat(1001)}`)).toContain("\\");
  });
});

describe("bounds", () => {
  it("says that bytes are no text", async () => {
    const bytes = new Blob([new Uint8Array([0, 1, 2, 0, 0])]);
    expect((await diffText(bytes, new Blob(["a"]), "a.bin")).diff).toEqual({
      kind: "none",
      reason: "not_text",
    });
  });

  it("says that a text is too large", async () => {
    const large = new Blob([new Uint8Array(13 * 1024 * 1024).fill(0x61)]);
    expect((await diffText(large, new Blob(["a"]), "a.txt")).diff).toEqual({
      kind: "none",
      reason: "too_large",
    });
  });

  it("[C5] says that texts are too different, in bounded time", async () => {
    // The same lines in another order are the worst there is.
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i}\n`);
    const turned = lines.toReversed().join("");
    const startMs = performance.now();
    const { diff } = await diffText(new Blob([lines.join("")]), new Blob([turned]), "a.txt");
    expect(diff).toEqual({ kind: "none", reason: "too_different" });
    expect(performance.now() - startMs).toBeLessThan(20_000);
  });

  it("compares a text that was wholly rewritten", async () => {
    const diff = await diffed(numbers(1, 30_000), numbers(100_001, 130_000));
    expect(diff).toMatchObject({ added: 30_000, removed: 30_000 });
    expect(diff.notes.join()).toContain("Only the first 20,000 changed lines are shown.");
  });

  it("cuts a line of 200,000 characters and says how much is left out", async () => {
    const diff = await diffed(`${"a".repeat(200_000)}\n`, "b\n");
    expect(shown(diff)[0]).toContain("198,000 more characters");
  });
});

test("the blocks rebuild both texts, and same blocks are the same", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const blocks = diffLines(before, after) ?? [];
      expect(blocks.flatMap((block) => before.slice(block.before, block.beforeEnd))).toEqual(
        before,
      );
      expect(blocks.flatMap((block) => after.slice(block.after, block.afterEnd))).toEqual(after);
      for (const block of blocks.filter(({ isSame }) => isSame))
        expect(before.slice(block.before, block.beforeEnd)).toEqual(
          after.slice(block.after, block.afterEnd),
        );
    }),
    { numRuns: 500 },
  );
});
