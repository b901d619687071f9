// JSON values, the limits on JSON from outside, and a canonical text form.
import { compareUtf8 } from "./utf8.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value's type as JSON has it: a record of ours is an object of JSON too. What JSON lacks is `unknown`. */
export type AsJson<Value> = Value extends Json | undefined
  ? Value
  : Value extends (...args: never[]) => unknown
    ? unknown
    : Value extends object
      ? { readonly [Key in keyof Value]: AsJson<Value[Key]> }
      : unknown;

/** The same value. TypeScript takes no interface for an object of JSON, so this looks through it, field by field. */
export function asJson<Value>(value: Value): AsJson<Value> {
  return value as AsJson<Value>;
}

/** JSON with object keys in UTF-8 order and no white space: equal values give equal text. */
export function canonicalJson(value: Json): string {
  // In one piece: ten thousand rows of a file list would leave ten times as much behind.
  if (value === null || typeof value !== "object" || isInOrder(value)) return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .toSorted(compareUtf8)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Whether a value's members are in order as they stand, and those of all in it. */
function isInOrder(value: Json | undefined): boolean {
  if (value === undefined) return false;
  if (value === null || typeof value !== "object") return true;
  if (isJsonArray(value)) return value.every(isInOrder);
  let before: string | null = null;
  for (const key of Object.keys(value)) {
    if (before !== null && compareUtf8(before, key) > 0) return false;
    if (!isInOrder(value[key])) return false;
    before = key;
  }
  return true;
}

/** Where and why a value can't be kept as JSON, or `null`: what JSON would drop or change in silence. */
export function findNonJson(value: unknown, path = ""): string | null {
  const at = path === "" ? "the value" : `the value at “${path}”`;
  switch (typeof value) {
    case "string":
    case "boolean":
      return null;
    case "number":
      return Number.isFinite(value) ? null : `${at} is ${value}, which JSON doesn't have`;
    case "object":
      break;
    default:
      return `${at} is a ${typeof value}, which JSON doesn't have`;
  }
  if (value === null) return null;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
    return `${at} is no plain object`;
  if (path.split(".").length > NON_JSON_MAX_DEPTH) return "it is nested too deeply";
  for (const [key, member] of Object.entries(value)) {
    const found = findNonJson(member, path === "" ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** Levels looked at: a value that holds itself has no end. */
const NON_JSON_MAX_DEPTH = 100;

export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
