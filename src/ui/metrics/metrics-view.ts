// What the address says of the metrics: which columns are shown, and what they are sorted by.
import type { Metric } from "../../core/metrics.ts";

/** Columns shown when nobody chose. */
const USUAL_COLUMNS = 8;

export interface Sort {
  /** A metric's name; `""` for the version. */
  readonly by: string;
  readonly isDescending: boolean;
}

/** The metrics chosen, in the order they have; the usual ones where none was chosen or none is left. */
export function chosenMetrics(metrics: readonly Metric[], columns: string): readonly Metric[] {
  const names = new Set(columns.split(",").map(unescape));
  const chosen = metrics.filter(({ name }) => names.has(name));
  return columns === "" || chosen.length === 0 ? metrics.slice(0, USUAL_COLUMNS) : chosen;
}

/** Names as one text for the address; `""` when they are the usual ones. */
export function columnsText(metrics: readonly Metric[], names: ReadonlySet<string>): string {
  const chosen = metrics.filter(({ name }) => names.has(name));
  const usual = metrics.slice(0, USUAL_COLUMNS);
  const isUsual =
    chosen.length === usual.length && chosen.every((metric, i) => metric === usual[i]);
  return isUsual ? "" : chosen.map(({ name }) => encodeURIComponent(name)).join(",");
}

/** The order in a text such as `-loss`; newest version first for none. */
export function parseSort(text: string): Sort {
  if (text === "" || text === "+") return { by: "", isDescending: text === "" };
  return { by: text.replace(/^-/, ""), isDescending: text.startsWith("-") };
}

/** The inverse of {@link parseSort}. */
export function formatSort({ by, isDescending }: Sort): string {
  if (by === "") return isDescending ? "" : "+";
  return `${isDescending ? "-" : ""}${by}`;
}

/** A number as it fits a cell: six digits that count. */
export function formatMetric(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return value.toLocaleString("en");
  return isHandy(value) ? String(Number(value.toPrecision(DIGITS))) : value.toExponential(3);
}

/** A way to write the numbers of one column, so that their points stand below each other. */
export function columnFormat(values: readonly (number | undefined)[]): (value: number) => string {
  let decimals = 0;
  for (const value of values) {
    if (value === undefined) continue;
    if (!isHandy(value)) return formatMetric;
    decimals = Math.max(decimals, formatMetric(value).split(".")[1]?.length ?? 0);
  }
  const shown = Math.min(decimals, DIGITS);
  const options = { minimumFractionDigits: shown, maximumFractionDigits: shown };
  const format = new Intl.NumberFormat("en", options);
  return (value) => format.format(value);
}

const DIGITS = 6;

/** Neither so small nor so large that it needs an exponent. */
function isHandy(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e9);
}

/** `""` where the escapes are broken. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
