import { describe, expect, it } from "vitest";
import type { DiffLine, TextDiff } from "../../../src/protocol/compare-api.ts";
import type { TokenLine } from "../../../src/protocol/preview-api.ts";
import { partOf, rowsOf, type DiffRow } from "../../../src/ui/screens/compare/diff-rows.ts";
import { markTokens } from "../../../src/ui/screens/compare/mark-tokens.ts";

const plain = (text: string): TokenLine => [{ scope: "", text }];

function line(change: DiffLine["change"], before: number | null, after: number | null): DiffLine {
  return { change, before, after, tokens: plain(`${before}/${after}`), marks: [] };
}

/** Line 11 was replaced by two; ten same lines before, four after. */
const DIFF: TextDiff = {
  kind: "lines",
  added: 2,
  removed: 1,
  notes: [],
  hunks: [
    {
      skipped: 9,
      lines: [
        line("same", 10, 10),
        line("removed", 11, null),
        line("added", null, 11),
        line("added", null, 12),
        line("same", 12, 13),
      ],
    },
  ],
  skippedAtEnd: 3,
};

function shown(rows: readonly DiffRow[]): readonly string[] {
  const sides = (found: DiffLine | null): string =>
    found === null ? "–" : `${found.before ?? ""}:${found.after ?? ""}`;
  return rows.map((row) => {
    if (row.kind === "gap") return `gap ${row.gap.before}:${row.gap.after} ×${row.gap.count}`;
    return row.kind === "line" ? sides(row.line) : `${sides(row.left)} | ${sides(row.right)}`;
  });
}

describe("rows", () => {
  it("stand in one column, with gaps that know where they begin on both sides", () => {
    expect(shown(rowsOf(DIFF, new Map(), false))).toEqual([
      "gap 1:1 ×9",
      "10:10",
      "11:",
      ":11",
      ":12",
      "12:13",
      "gap 13:14 ×3",
    ]);
  });

  it("stand side by side, what went beside what came", () => {
    expect(shown(rowsOf(DIFF, new Map(), true))).toEqual([
      "gap 1:1 ×9",
      "10:10 | 10:10",
      "11: | :11",
      "– | :12",
      "12:13 | 12:13",
      "gap 13:14 ×3",
    ]);
  });

  it("show what was unfolded at its place, and fold the rest", () => {
    const unfolded = new Map([
      [1, plain("one")],
      [2, plain("two")],
      [9, plain("nine")],
      [14, plain("x")],
      [15, plain("y")],
      [16, plain("z")],
    ]);
    expect(shown(rowsOf(DIFF, unfolded, false))).toEqual([
      "1:1",
      "2:2",
      "gap 3:3 ×6",
      "9:9",
      "10:10",
      "11:",
      ":11",
      ":12",
      "12:13",
      "13:14",
      "14:15",
      "15:16",
    ]);
  });
});

it("asks for lines from a gap's start or end, no more than there are", () => {
  const gap = { before: 5, after: 7, count: 30 };
  expect(partOf(gap, "start", 20)).toEqual({ before: 5, after: 7, count: 20 });
  expect(partOf(gap, "end", 20)).toEqual({ before: 15, after: 17, count: 20 });
  expect(partOf(gap, "end", 50)).toEqual(gap);
});

describe("marks in a line", () => {
  const tokens: TokenLine = [
    { scope: "keyword", text: "let" },
    { scope: "", text: " a = 1" },
  ];
  const shownPieces = (marks: readonly (readonly [number, number])[]): readonly string[] =>
    markTokens(tokens, marks).map(
      ({ isMarked, tokens: inside }) =>
        `${isMarked ? "!" : ""}${inside.map(({ scope, text }) => `${scope}(${text})`).join("")}`,
    );

  it("cut the tokens they begin or end in, and keep their colours", () => {
    expect(shownPieces([[2, 5]])).toEqual(["keyword(le)", "!keyword(t)( a)", "( = 1)"]);
    expect(
      shownPieces([
        [0, 3],
        [8, 9],
      ]),
    ).toEqual(["!keyword(let)", "( a = )", "!(1)"]);
  });

  it("leave a line without any whole", () => {
    expect(shownPieces([])).toEqual(["keyword(let)( a = 1)"]);
    expect(markTokens([], [])).toEqual([]);
  });
});
