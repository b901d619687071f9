// The form whose SHA-256 is Trackio's digest of a version: the same files get the same digest there [M2].
import { canonicalEntries, type CanonicalEntry } from "./manifest.ts";
import { compareUtf8 } from "./utf8.ts";

/**
 * The canonical form in pieces. Files have their SHA-256 as 64 hex characters for a digest;
 * references whatever they were logged with, since it is opaque.
 *
 * @param entries in any order
 */
export function trackioText(entries: readonly CanonicalEntry[]): Generator<string> {
  return canonicalEntries(entries.toSorted((a, b) => compareUtf8(a.path, b.path)));
}
