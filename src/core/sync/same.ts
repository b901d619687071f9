// Whether two JSON values are alike, whatever the order of their keys.
import { isJsonArray, type Json, type JsonObject } from "../json.ts";

/** Without writing either down: thousands of versions are compared in each round. */
export function isSameJson(a: Json, b: Json): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (isJsonArray(a)) return isJsonArray(b) && isSameList(a, b);
  return !isJsonArray(b) && isSameObject(a, b);
}

function isSameList(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((value, i) => isSameJson(value, b[i] ?? null));
}

function isSameObject(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key] ?? null, b[key] ?? null))
  );
}

/** Those of the fields in which two objects differ. */
export function differingFields<T extends object, Field extends keyof T>(
  a: T,
  b: T,
  fields: readonly Field[],
): readonly Field[] {
  return fields.filter((field) => !isSameJson(a[field] as Json, b[field] as Json));
}

/** A part of an object. */
export function pick<T extends object, Field extends keyof T>(
  from: T,
  fields: readonly Field[],
): Pick<T, Field> {
  return Object.fromEntries(fields.map((field) => [field, from[field]])) as Pick<T, Field>;
}
