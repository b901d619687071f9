// Two texts line by line: what changed, with a little around it.
import type {
  DiffHunk,
  DiffLine,
  NoTextDiff,
  TextDiff,
  TextRange,
} from "../../protocol/compare-api.ts";
import type { TokenLine } from "../../protocol/preview-api.ts";
import { highlightLines, linesOf } from "../text/highlight.ts";
import { languageOf } from "../text/languages.ts";
import { diffLines, type LineBlock } from "./diff-lines.ts";
import { diffWords } from "./diff-words.ts";
import { formatJson } from "./format-json.ts";
import { MAX_TEXT_BYTES, readText, type ReadText } from "./read-text.ts";
import { notesOf } from "./text-notes.ts";

/** Same lines shown around changed ones. */
const CONTEXT = 3;
/** Characters of a line that are shown. */
const MAX_SHOWN = 2_000;
/** Changed lines that are shown; more are counted. */
const MAX_CHANGED = 20_000;
/** Lines of which marks within are looked for. */
const MAX_MARKED = 2_000;
/** JSON with such a line was written for machines: it is compared member by member. */
const LONG_JSON_LINE = 400;
const MAX_FORMATTED = 4 * 1024 * 1024;

/** A diff, and the newer text's lines to unfold from. */
export interface TextDiffed {
  readonly diff: TextDiff | NoTextDiff;
  readonly newLines: readonly TokenLine[];
}

/** Compares two texts in bounded time and memory. */
export async function diffText(before: Blob, after: Blob, path: string): Promise<TextDiffed> {
  if (Math.max(before.size, after.size) > MAX_TEXT_BYTES) return noDiff("too_large");
  const [rawOld, rawNew] = await Promise.all([readText(before, path), readText(after, path)]);
  if (rawOld === null || rawNew === null) return noDiff("not_text");
  const language = languageOf(path);
  const isJson = language === "json" && !/\.(?:jsonl|ndjson)$/i.test(path);
  const formatted = isJson ? formatBoth(rawOld, rawNew) : null;
  const old = formatted?.before ?? rawOld;
  const now = formatted?.after ?? rawNew;
  const blocks = diffLines(old.lines, now.lines);
  if (blocks === null) return noDiff("too_different");
  const lines: TextLines = {
    old: old.lines,
    now: now.lines,
    oldTokens: highlightLines(old.text, language).map(cut),
    nowTokens: highlightLines(now.text, language).map(cut),
  };
  const { hunks, skippedAtEnd, isCut } = hunksOf(lines, blocks);
  const notes = [...(formatted?.notes ?? notesOf(old, now, blocks))];
  if (isCut)
    notes.push(`Only the first ${MAX_CHANGED.toLocaleString("en")} changed lines are shown.`);
  const count = (sizeOf: (block: LineBlock) => number): number =>
    blocks.reduce((sum, block) => sum + (block.isSame ? 0 : sizeOf(block)), 0);
  return {
    diff: {
      kind: "lines",
      added: count((block) => block.afterEnd - block.after),
      removed: count((block) => block.beforeEnd - block.before),
      hunks,
      skippedAtEnd,
      notes,
    },
    newLines: lines.nowTokens,
  };
}

function noDiff(reason: NoTextDiff["reason"]): TextDiffed {
  return { diff: { kind: "none", reason }, newLines: [] };
}

/** Both as JSON on lines of its own, where they are long lines or differ in their layout only. */
function formatBoth(
  before: ReadText,
  after: ReadText,
): {
  readonly before: ReadText;
  readonly after: ReadText;
  readonly notes: readonly string[];
} | null {
  if (before.text.length + after.text.length > MAX_FORMATTED) return null;
  const old = formatJson(before.text);
  const now = formatJson(after.text);
  if (old === null || now === null) return null;
  if (old === now && before.text !== after.text)
    return { ...both(old, now), notes: ["Only the layout differs: the values are the same."] };
  if (![before, after].some(({ lines }) => lines.some((line) => line.length > LONG_JSON_LINE)))
    return null;
  return {
    ...both(old, now),
    notes: ["Both were put on lines first, so line numbers are not those of the files."],
  };

  function both(oldText: string, newText: string): { before: ReadText; after: ReadText } {
    return {
      before: { ...before, text: oldText, lines: linesOf(oldText) },
      after: { ...after, text: newText, lines: linesOf(newText) },
    };
  }
}

interface TextLines {
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly oldTokens: readonly TokenLine[];
  readonly nowTokens: readonly TokenLine[];
}

function hunksOf(
  lines: TextLines,
  blocks: readonly LineBlock[],
): { readonly hunks: readonly DiffHunk[]; readonly skippedAtEnd: number; readonly isCut: boolean } {
  const hunks: { skipped: number; lines: DiffLine[] }[] = [];
  let skipped = 0;
  let changed = 0;
  let isCut = false;
  let marked = 0;
  blocks.forEach((block, index) => {
    const length = block.afterEnd - block.after;
    if (isCut || (block.isSame && blocks.length === 1)) skipped += length;
    else if (block.isSame) {
      const head = index === 0 ? 0 : Math.min(CONTEXT, length);
      const tail = index === blocks.length - 1 ? 0 : Math.min(CONTEXT, length - head);
      const middle = length - head - tail;
      hunks.at(-1)?.lines.push(...sameLines(lines, block, 0, head));
      if (middle > 0 || hunks.length === 0) {
        skipped = middle;
        if (tail > 0) hunks.push({ skipped: takeSkipped(), lines: [] });
      }
      hunks.at(-1)?.lines.push(...sameLines(lines, block, length - tail, length));
    } else {
      if (hunks.length === 0) hunks.push({ skipped: takeSkipped(), lines: [] });
      const room = MAX_CHANGED - changed;
      const shown = changedLines(lines, block, marked < MAX_MARKED, room);
      hunks.at(-1)?.lines.push(...shown);
      changed += shown.length;
      marked += shown.length;
      isCut = changed >= MAX_CHANGED;
    }
  });
  return { hunks, skippedAtEnd: isCut ? 0 : skipped, isCut };

  function takeSkipped(): number {
    const count = skipped;
    skipped = 0;
    return count;
  }
}

function sameLines(
  { nowTokens }: TextLines,
  block: LineBlock,
  from: number,
  to: number,
): readonly DiffLine[] {
  return nowTokens.slice(block.after + from, block.after + to).map((tokens, index) => ({
    change: "same",
    before: block.before + from + index + 1,
    after: block.after + from + index + 1,
    tokens,
    marks: [],
  }));
}

/** What went, then what came. Where as many came as went, each stands for one that went. */
function changedLines(
  { old, now, oldTokens, nowTokens }: TextLines,
  { before, beforeEnd, after, afterEnd }: LineBlock,
  hasMarks: boolean,
  room: number,
): readonly DiffLine[] {
  const pairs = hasMarks ? Math.min(beforeEnd - before, afterEnd - after) : 0;
  const marks = Array.from({ length: pairs }, (_, index) =>
    diffWords(old[before + index] ?? "", now[after + index] ?? ""),
  );
  const lineOf = (
    change: "added" | "removed",
    row: number,
    tokens: TokenLine | undefined,
    ranges: readonly TextRange[] | undefined,
  ): DiffLine => ({
    change,
    before: change === "removed" ? row + 1 : null,
    after: change === "added" ? row + 1 : null,
    tokens: tokens ?? [],
    marks: ranges ?? [],
  });
  const went = oldTokens
    .slice(before, beforeEnd)
    .map((tokens, index) => lineOf("removed", before + index, tokens, marks[index]?.before));
  const came = nowTokens
    .slice(after, afterEnd)
    .map((tokens, index) => lineOf("added", after + index, tokens, marks[index]?.after));
  return [...went, ...came].slice(0, room);
}

/** Cuts a line to what is shown of it. */
function cut(line: TokenLine): TokenLine {
  const length = line.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= MAX_SHOWN) return line;
  const shown: { scope: string; text: string }[] = [];
  let left = MAX_SHOWN;
  for (const { scope, text } of line) {
    if (left <= 0) break;
    shown.push({ scope, text: text.slice(0, left) });
    left -= text.length;
  }
  const rest = (length - MAX_SHOWN).toLocaleString("en");
  return [...shown, { scope: "comment", text: ` … ${rest} more characters` }];
}
