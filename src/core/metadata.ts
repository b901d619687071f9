// Metadata: a JSON object that describes a version and never decides its identity [M3].
import { errorOf, type Problem } from "./errors.ts";
import { findJsonError } from "./json-syntax.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";

/** Most characters of JSON text accepted as metadata. */
export const METADATA_MAX_LENGTH = 1_000_000;
/** Most levels of nesting: deep enough for any config, shallow enough to walk. */
export const METADATA_MAX_DEPTH = 32;

/** Says what is wrong with metadata as typed, or `null`. Blank text means none. */
export function checkMetadata(text: string): Problem<"invalid_metadata"> | null {
  const result = read(text);
  return "reason" in result ? { code: "invalid_metadata", data: { reason: result.reason } } : null;
}

/** The metadata object in a JSON text; blank text gives `{}`. Throws `invalid_metadata`. */
export function parseMetadata(text: string): JsonObject {
  const result = read(text);
  if ("reason" in result)
    throw errorOf({ code: "invalid_metadata", data: { reason: result.reason } });
  return result.value;
}

function read(text: string): { value: JsonObject } | { reason: string } {
  if (text.trim() === "") return { value: {} };
  if (text.length > METADATA_MAX_LENGTH)
    return { reason: `it is longer than ${METADATA_MAX_LENGTH.toLocaleString("en")} characters` };
  if (bracketDepth(text) > METADATA_MAX_DEPTH)
    return { reason: `it is nested more than ${METADATA_MAX_DEPTH} levels deep` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: `it is not JSON (${placeOfError(text)})` };
  }
  if (!isJsonObject(value))
    return { reason: 'it must be a JSON object such as {"accuracy": 0.93}' };
  const infinite = findInfinite(value, "");
  if (infinite !== undefined) return { reason: `the number at “${infinite}” is too large to keep` };
  return { value };
}

/** Deepest nesting of brackets outside strings, found without parsing: parsing itself may overflow the stack. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') inString = !inString;
    else if (inString) i += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}

function findInfinite(value: Json, path: string): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : path;
  if (value === null || typeof value !== "object") return undefined;
  const members: [string, Json][] = isJsonArray(value)
    ? value.map((item, index) => [String(index), item])
    : Object.entries(value);
  for (const [key, member] of members) {
    const found = findInfinite(member, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeOfError(text: string): string {
  const position = findJsonError(text) ?? text.length;
  // Only JSON's own white space: others, such as a stray no-break space, are the error themselves.
  if (/^[ \t\n\r]*$/.test(text.slice(position))) return "it ends too early";
  const before = text.slice(0, position);
  return `line ${before.split("\n").length}, column ${before.length - before.lastIndexOf("\n")}`;
}
