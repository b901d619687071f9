// A line of JSON and the text of its values.
import { cutCell } from "./cells.ts";

/** A line's value, or that it has none. */
export interface JsonLine {
  readonly value: unknown;
  readonly isBroken: boolean;
}

/** Reads a line; numbers too long for JavaScript come as text, so that no digit is lost. */
export function parseLine(text: string): JsonLine {
  try {
    return {
      value: JSON.parse(/\d{16}/.test(text) ? quoteLongNumbers(text) : text),
      isBroken: false,
    };
  } catch {
    return { value: null, isBroken: true };
  }
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as it stands in a cell: text as it is, the rest as JSON. */
export function textOfValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return cutCell(value);
  try {
    return cutCell(JSON.stringify(value));
  } catch {
    return "(nested too deeply to show)";
  }
}

/** Long runs of digits outside strings, as strings. */
function quoteLongNumbers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
}
