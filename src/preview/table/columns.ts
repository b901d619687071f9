// What the columns of a table in text are: their names and what their cells look like.
import type { TableColumn, TableRow } from "../../protocol/preview-api.ts";

/** Columns beyond are left out: no screen has room for them, and each costs in every row. */
export const MAX_COLUMNS = 1_000;
const MAX_NAME = 256;

/** Words for "no value" that programs write. */
const MISSING = new Set(["", "na", "n/a", "nan", "null", "none", "nil", "-", "#n/a"]);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INTEGER = /^[+-]?\d+$/;
const YEAR = /^(?:1[5-9]|20|21)\d\d$/;
const DATE =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether a cell says that there is no value. */
export function isMissing(cell: string | null): boolean {
  return cell === null || (cell.length < 8 && MISSING.has(cell.trim().toLowerCase()));
}

/** A cell's number; `null` where it is none. */
export function numberOf(cell: string): number | null {
  const text = cell.trim();
  return text.length < 64 && NUMBER.test(text) ? Number(text) : null;
}

/** What the cells of a column have in common. */
function columnType(cells: readonly (string | null)[]): {
  readonly type: string;
  readonly isNumeric: boolean;
} {
  const values = cells
    .filter((cell) => cell !== null && !isMissing(cell))
    .map((cell) => cell?.trim() ?? "");
  if (values.length === 0) return { type: "empty", isNumeric: false };
  if (values.every((value) => INTEGER.test(value))) return { type: "integer", isNumeric: true };
  if (values.every((value) => numberOf(value) !== null)) return { type: "number", isNumeric: true };
  if (values.every((value) => /^(?:true|false)$/i.test(value)))
    return { type: "boolean", isNumeric: false };
  if (values.every((value) => value.length < 40 && DATE.test(value)))
    return { type: "date", isNumeric: false };
  return { type: "text", isNumeric: false };
}

/** Whether the first row names the columns: names are text, alike none, and stand above other things. */
export function hasHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (first.every((cell) => cell.trim() === "")) return false;
  const names = first.filter((cell) => cell.trim() !== "");
  let votes = 0;
  for (const [index, name] of first.entries()) {
    const isNumber = numberOf(name) !== null;
    const below = columnType(rest.map((row) => row[index] ?? null));
    if (isNumber && !YEAR.test(name.trim()) && (below.isNumeric || rest.length === 0)) votes--;
    else if (!isNumber && below.type !== "text" && below.type !== "empty" && !isMissing(name))
      votes += columnType([name]).type === below.type ? -1 : 1;
  }
  if (votes !== 0) return votes > 0;
  return (
    new Set(names).size === names.length &&
    names.every((name) => name.length <= 64 && columnType([name]).type !== "date") &&
    names.some((name) => numberOf(name) === null)
  );
}

/** Columns with names and types; those without a name are called by their place. */
export function columnsOf(names: readonly string[], rows: readonly TableRow[]): TableColumn[] {
  const width = Math.min(
    MAX_COLUMNS,
    rows.reduce((most, row) => Math.max(most, row.length), names.length),
  );
  return Array.from({ length: width }, (_, index) => ({
    name: nameOf(names[index], index),
    ...columnType(rows.map((row) => row[index] ?? null)),
  }));
}

function nameOf(name: string | undefined, index: number): string {
  const text = name?.trim() ?? "";
  if (text === "") return `Column ${index + 1}`;
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
}
