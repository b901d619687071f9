// Reads what an event says, whoever wrote it: what is missing or of another kind becomes nothing.
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { VersionNumber } from "./version.ts";

export function valueIn(value: Json, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

export function textIn(value: Json, key: string): string {
  const found = valueIn(value, key);
  return typeof found === "string" ? found : "";
}

export function numberIn(value: Json, key: string): number {
  const found = valueIn(value, key);
  return typeof found === "number" ? found : 0;
}

export function objectIn(value: Json, key: string): JsonObject {
  const found = valueIn(value, key);
  return isJsonObject(found) ? found : {};
}

export function numbersIn(value: Json, key = "numbers"): readonly VersionNumber[] {
  const found = valueIn(value, key) ?? [];
  const numbers = isJsonArray(found) ? found.filter((number) => typeof number === "number") : [];
  return numbers.map((number) => number as VersionNumber);
}

/** What a `version-renumbered` event says: the numbers versions have now, by those they had [S3]. */
export function renumberingIn(value: Json): ReadonlyMap<VersionNumber, VersionNumber> {
  const numbers = numbersIn(value);
  const moves = new Map<VersionNumber, VersionNumber>();
  for (const [i, was] of numbersIn(value, "was").entries()) {
    const number = numbers[i];
    if (number !== undefined) moves.set(was, number);
  }
  return moves;
}

/** Those of the members that are there. */
export function pickIn(value: Json, keys: readonly string[]): JsonObject {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}
