// What changed between two manifests.
import { compareUtf8 } from "./utf8.ts";
import { entryAt, type Manifest, type ManifestEntry } from "./manifest.ts";

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
  let i = 0;
  let j = 0;
  while (i < before.paths.length || j < after.paths.length) {
    const left = before.paths[i];
    const right = after.paths[j];
    const order = left === undefined ? 1 : right === undefined ? -1 : compareUtf8(left, right);
    if (order < 0) removed.push(entryAt(before, i++));
    else if (order > 0) added.push(entryAt(after, j++));
    else {
      const pair = { before: entryAt(before, i++), after: entryAt(after, j++) };
      if (isSame(pair.before, pair.after)) unchangedCount++;
      else changed.push(pair);
    }
  }
  return { added, removed, changed, unchangedCount };
}

function isSame(before: ManifestEntry, after: ManifestEntry): boolean {
  return before.digest === after.digest && before.ref === after.ref && before.size === after.size;
}
