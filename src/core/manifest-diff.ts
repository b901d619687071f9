// What changed between two manifests.
import { DIGEST_BYTES } from "./digest.ts";
import { compareUtf8 } from "./utf8.ts";
import { entryAt, referenceAt, type Manifest, type ManifestEntry } from "./manifest.ts";

/** The difference of two manifests, each list in path order. */
export interface ManifestDiff {
  readonly added: readonly ManifestEntry[];
  readonly removed: readonly ManifestEntry[];
  readonly changed: readonly { readonly before: ManifestEntry; readonly after: ManifestEntry }[];
  readonly unchangedCount: number;
}

/** Compares two manifests in one pass over both. */
export function diffManifests(before: Manifest, after: Manifest): ManifestDiff {
  const added: ManifestEntry[] = [];
  const removed: ManifestEntry[] = [];
  const changed: { before: ManifestEntry; after: ManifestEntry }[] = [];
  let unchangedCount = 0;
  pairRows(before, after, (i, j) => {
    if (i < 0) added.push(entryAt(after, j));
    else if (j < 0) removed.push(entryAt(before, i));
    else if (isSameContent(before, i, after, j)) unchangedCount++;
    else changed.push({ before: entryAt(before, i), after: entryAt(after, j) });
  });
  return { added, removed, changed, unchangedCount };
}

/**
 * Visits every path of two manifests once, in path order.
 *
 * @param visit gets the path's row on each side, -1 where the side lacks it
 */
export function pairRows(
  before: Manifest,
  after: Manifest,
  visit: (beforeRow: number, afterRow: number) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < before.paths.length || j < after.paths.length) {
    const left = before.paths[i];
    const right = after.paths[j];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareUtf8(left, right);
    visit(order <= 0 ? i++ : -1, order >= 0 ? j++ : -1);
  }
}

/** Whether two rows hold the same bytes, or the same reference. */
function isSameContent(
  before: Manifest,
  beforeRow: number,
  after: Manifest,
  afterRow: number,
): boolean {
  if (before.sizes[beforeRow] !== after.sizes[afterRow]) return false;
  const left = beforeRow * DIGEST_BYTES;
  const right = afterRow * DIGEST_BYTES;
  for (let at = 0; at < DIGEST_BYTES; at++)
    if (before.digests[left + at] !== after.digests[right + at]) return false;
  const old = referenceAt(before, beforeRow);
  const now = referenceAt(after, afterRow);
  return old?.uri === now?.uri && old?.digest === now?.digest;
}
