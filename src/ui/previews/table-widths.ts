// How wide the columns of a table are, by what is in their first rows.
import type { TableColumn, TableRow } from "../../protocol/preview-api.ts";

const NARROWEST = 72;
const WIDEST = 340;
/** Pixels of a character, about, and of the space around a cell. */
const CHARACTER = 7.2;
const PADDING = 26;
const SAMPLE = 50;

/** Widths in pixels, in the order of the columns. */
export function widthsOf(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
): readonly number[] {
  const sample = rows.slice(0, SAMPLE);
  return columns.map(({ name, type }, i) => {
    let longest = Math.max(name.length + 2, type.length);
    for (const row of sample) longest = Math.max(longest, row[i]?.length ?? 0);
    return Math.round(Math.max(NARROWEST, Math.min(WIDEST, longest * CHARACTER + PADDING)));
  });
}
