// Two metadata objects side by side: every leaf at its dotted path.
import { canonicalJson, isJsonArray, isJsonObject, type Json, type JsonObject } from "./json.ts";

/** One value of metadata. A side without it has `undefined`: `null` is a value. */
export interface MetadataChange {
  /** Keys joined by dots, places in arrays as `[2]`; a key that holds such characters is quoted. */
  readonly path: string;
  readonly mark: "added" | "removed" | "changed" | "same";
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Between two numbers that differ. */
  readonly numbers: NumberChange | null;
}

export interface NumberChange {
  readonly difference: number;
  /** Of the older number; `null` where that is 0. */
  readonly percent: number | null;
}

/** Compares leaf by leaf: the newer side's order, what it lacks at the end. */
export function compareMetadata(before: JsonObject, after: JsonObject): readonly MetadataChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths].map((path) => changeOf(path, old.get(path), now.get(path)));
}

/** The difference of two numbers, without the noise of binary fractions: 0.95 − 0.93 is 0.02. */
export function compareNumbers(before: number, after: number): NumberChange {
  const difference = denoise(after - before, Math.max(Math.abs(before), Math.abs(after)));
  return {
    difference,
    percent: before === 0 ? null : (difference / Math.abs(before)) * 100,
  };
}

function changeOf(path: string, before: Json | undefined, after: Json | undefined): MetadataChange {
  const mark =
    before === undefined
      ? "added"
      : after === undefined
        ? "removed"
        : canonicalJson(before) === canonicalJson(after)
          ? "same"
          : "changed";
  const numbers =
    mark === "changed" && typeof before === "number" && typeof after === "number"
      ? compareNumbers(before, after)
      : null;
  return { path, mark, before, after, numbers };
}

/** Scalars, empty objects, and arrays of scalars, which read best as one value. */
function leavesOf(metadata: JsonObject): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>();
  const walk = (value: Json, path: string): void => {
    if (isJsonArray(value) && value.some((item) => typeof item === "object" && item !== null))
      value.forEach((item, index) => walk(item, `${path}[${index}]`));
    else if (!isJsonArray(value) && isJsonObject(value) && Object.keys(value).length > 0)
      for (const [key, member] of Object.entries(value))
        walk(member, path === "" ? quoted(key) : `${path}.${quoted(key)}`);
    else leaves.set(path, value);
  };
  for (const [key, member] of Object.entries(metadata)) walk(member, quoted(key));
  return leaves;
}

/** So that `{"a.b": 1}` and `{"a": {"b": 1}}` have different paths. */
function quoted(key: string): string {
  return key === "" || /[.[\]"]/.test(key) ? JSON.stringify(key) : key;
}

/** Digits beyond what the larger number can hold say nothing. */
function denoise(difference: number, largest: number): number {
  if (difference === 0 || !Number.isFinite(difference)) return difference;
  const digits = 15 - Math.ceil(Math.log10(largest));
  if (digits < 0 || digits > 100) return difference;
  return Number(difference.toFixed(Math.min(digits, 100)));
}
