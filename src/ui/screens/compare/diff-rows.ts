// The rows of a text diff as they are shown: lines, pairs of lines, and what is folded away between.
import type { DiffLine, TextDiff } from "../../../protocol/compare-api.ts";
import type { TokenLine } from "../../../protocol/preview-api.ts";

/** Same lines that are not shown; they begin at these line numbers. */
export interface Gap {
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

export type DiffRow =
  | { readonly kind: "line"; readonly line: DiffLine }
  /** Side by side; `null` where a side has no line. */
  | { readonly kind: "pair"; readonly left: DiffLine | null; readonly right: DiffLine | null }
  | { readonly kind: "gap"; readonly gap: Gap };

/** Lines that were unfolded, by their number in the newer text. */
export type Unfolded = ReadonlyMap<number, TokenLine>;

/** All rows in order, in one column or side by side. */
export function rowsOf(diff: TextDiff, unfolded: Unfolded, isSplit: boolean): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  // The number that the next line has on each side.
  let before = 1;
  let after = 1;
  const addSkipped = (count: number): void => {
    for (const row of skippedRows({ before, after, count }, unfolded, isSplit)) rows.push(row);
    before += count;
    after += count;
  };
  for (const { skipped, lines } of diff.hunks) {
    addSkipped(skipped);
    for (const row of isSplit ? pairsOf(lines) : lines.map(toRow)) rows.push(row);
    for (const line of lines) {
      if (line.before !== null) before = line.before + 1;
      if (line.after !== null) after = line.after + 1;
    }
  }
  addSkipped(diff.skippedAtEnd);
  return rows;
}

/** Which lines to ask for when a gap is unfolded from its start or its end. */
export function partOf(gap: Gap, from: "start" | "end", count: number): Gap {
  const most = Math.min(count, gap.count);
  const at = from === "start" ? 0 : gap.count - most;
  return { before: gap.before + at, after: gap.after + at, count: most };
}

function skippedRows(gap: Gap, unfolded: Unfolded, isSplit: boolean): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let folded = 0;
  const flush = (end: number): void => {
    const at = end - folded;
    if (folded > 0)
      rows.push({
        kind: "gap",
        gap: { before: gap.before + at, after: gap.after + at, count: folded },
      });
    folded = 0;
  };
  for (let at = 0; at < gap.count; at++) {
    const tokens = unfolded.get(gap.after + at);
    if (tokens === undefined) {
      folded++;
      continue;
    }
    flush(at);
    const line: DiffLine = {
      change: "same",
      before: gap.before + at,
      after: gap.after + at,
      tokens,
      marks: [],
    };
    rows.push(isSplit ? { kind: "pair", left: line, right: line } : toRow(line));
  }
  flush(gap.count);
  return rows;
}

function toRow(line: DiffLine): DiffRow {
  return { kind: "line", line };
}

/** Lines that went stand beside those that came in their place. */
function pairsOf(lines: readonly DiffLine[]): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (line?.change === "same") {
      rows.push({ kind: "pair", left: line, right: line });
      at++;
      continue;
    }
    const end = lines.findIndex(({ change }, i) => i >= at && change === "same");
    const block = lines.slice(at, end < 0 ? lines.length : end);
    const left = block.filter(({ change }) => change === "removed");
    const right = block.filter(({ change }) => change === "added");
    for (let i = 0; i < Math.max(left.length, right.length); i++)
      rows.push({ kind: "pair", left: left[i] ?? null, right: right[i] ?? null });
    at += block.length;
  }
  return rows;
}
