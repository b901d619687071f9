// What an edit would change.
import { isSame, pickLike } from "../../core/registry/same.ts";

/** Old and new values of the fields given that are otherwise now, or `null` where none is. */
export function changesTo<T extends object>(
  now: T,
  given: Partial<T>,
): { readonly before: Partial<T>; readonly after: Partial<T> } | null {
  const fields = Object.entries(given).filter(
    ([field, value]) => !isSame(value, now[field as keyof T]),
  );
  if (fields.length === 0) return null;
  const after = Object.fromEntries(fields) as Partial<T>;
  return { before: pickLike(after, now), after };
}
