// What a column holds, from its cells.
import type { ColumnSummary } from "../../protocol/preview-api.ts";
import { isMissing, numberOf } from "./columns.ts";

const BINS = 24;
const TOP = 8;
const MAX_DISTINCT = 10_000;
/** Longer texts count as the same where they begin alike. */
const MAX_COUNTED_TEXT = 256;
/** So many rows tell enough of a column, and are read in about a second. */
export const SUMMARY_ROWS = 100_000;

/** Takes a column's cells in, a few at a time. */
export interface Summary {
  readonly rowsRead: number;
  add(cells: readonly (string | null)[]): void;
  result(isWhole: boolean): ColumnSummary;
}

/** @param isNumeric the column was seen to hold numbers; cells that are none are then counted as text only */
export function startSummary(isNumeric: boolean): Summary {
  const numbers: number[] = [];
  const counts = new Map<string, number>();
  let rowsRead = 0;
  let missing = 0;
  let distinctIsMore = false;
  let first: string | null = null;
  let last: string | null = null;
  const count = (text: string): void => {
    const key = text.slice(0, MAX_COUNTED_TEXT);
    const known = counts.get(key);
    if (known !== undefined || counts.size < MAX_DISTINCT) counts.set(key, (known ?? 0) + 1);
    else distinctIsMore = true;
    if (first === null || key < first) first = key;
    if (last === null || key > last) last = key;
  };
  return {
    get rowsRead() {
      return rowsRead;
    },
    add: (cells) => {
      rowsRead += cells.length;
      for (const cell of cells) {
        if (cell === null || isMissing(cell)) {
          missing++;
          continue;
        }
        count(cell);
        const number = isNumeric ? numberOf(cell) : null;
        if (number !== null && Number.isFinite(number)) numbers.push(number);
      }
    },
    result: (isWhole) => {
      const range = rangeOf(numbers);
      return {
        rowsRead,
        isWhole,
        missing,
        distinct: counts.size,
        distinctIsMore,
        min: range === null ? first : String(range.min),
        max: range === null ? last : String(range.max),
        mean: range?.mean ?? null,
        histogram: range === null ? [] : histogramOf(numbers, range.min, range.max),
        top: [...counts]
          .toSorted((one, other) => other[1] - one[1])
          .slice(0, TOP)
          .map(([text, times]) => ({ text, count: times })),
      };
    },
  };
}

function rangeOf(
  numbers: readonly number[],
): { readonly min: number; readonly max: number; readonly mean: number } | null {
  if (numbers.length === 0) return null;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let mean = 0;
  for (const [index, number] of numbers.entries()) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    // Step by step: the sum of large numbers would be infinite.
    mean += number / (index + 1) - mean / (index + 1);
  }
  return { min, max, mean };
}

/** How many numbers lie in each of equal steps; one step where all are the same. */
function histogramOf(numbers: readonly number[], min: number, max: number): number[] {
  if (min === max) return [numbers.length];
  const bins = Array.from({ length: BINS }, () => 0);
  // Halved first: from the least to the greatest number is further than numbers go.
  const width = max / 2 - min / 2;
  for (const number of numbers) {
    const bin = Math.min(BINS - 1, Math.floor(((number / 2 - min / 2) / width) * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
