// What changed within two lines that stand for each other.
import { diffWordsWithSpace } from "diff";
import type { TextRange } from "../../protocol/compare-api.ts";

/** Longer lines are data; they stay marked as a whole. */
const MAX_LINE = 1_000;
const MAX_EDITS = 200;
/** Lines that share less are different lines, and marks in them would only be noise. */
const MIN_SHARED = 0.4;

export interface WordMarks {
  readonly before: readonly TextRange[];
  readonly after: readonly TextRange[];
}

/** Ranges of both lines that differ; `null` where the lines have too little in common. */
export function diffWords(before: string, after: string): WordMarks | null {
  if (before.length > MAX_LINE || after.length > MAX_LINE) return null;
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS });
  if (changes === undefined) return null;
  const marks = { before: [] as TextRange[], after: [] as TextRange[] };
  let i = 0;
  let j = 0;
  let shared = 0;
  for (const { added, removed, value } of changes) {
    if (added) marks.after.push([j, j + value.length]);
    else if (removed) marks.before.push([i, i + value.length]);
    // White space is in every line.
    else shared += value.trim().length;
    if (!added) i += value.length;
    if (!removed) j += value.length;
  }
  const longer = Math.max(before.trim().length, after.trim().length);
  return shared >= longer * MIN_SHARED ? marks : null;
}
