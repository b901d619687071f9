// Whether an event's old value is what is there.
import { canonicalJson, type Json } from "../json.ts";

/** True for values that are written alike. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json);
}

/** Those fields of a whole that a part has. */
export function pickLike<T extends object>(part: Partial<T>, whole: T): Partial<T> {
  const fields = Object.entries(whole).filter(([field]) => Object.hasOwn(part, field));
  return Object.fromEntries(fields) as Partial<T>;
}
