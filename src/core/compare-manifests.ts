// Two manifests side by side, as a person reads them: what came, went, changed, moved and was copied.
import { contentIds, type ContentIds } from "./content-ids.ts";
import { pairRows } from "./manifest-diff.ts";
import { referenceAt, type Manifest } from "./manifest.ts";
import { baseName, type LogicalPath } from "./path.ts";

/** What happened to a file, most telling first. */
export const FILE_MARKS = ["changed", "added", "removed", "renamed", "copied", "same"] as const;
export type FileMark = (typeof FILE_MARKS)[number];

/** One file of a comparison; a renamed one stands at its new path, its old path isn't listed. */
export interface ComparedFile {
  readonly mark: FileMark;
  /** Row in the older manifest, -1 for none; where it was renamed or copied from, for those. */
  readonly before: number;
  /** Row in the newer manifest, -1 for none. */
  readonly after: number;
}

export interface Comparison {
  readonly before: Manifest;
  readonly after: Manifest;
  /** In path order: the newer path, or the older of what was removed. */
  readonly files: readonly ComparedFile[];
  /** Bytes of contents that only one side has, and that both have; equal contents count once. */
  readonly bytes: { readonly added: number; readonly removed: number; readonly shared: number };
}

/** Compares two manifests in time proportional to their rows, however many digests are equal. */
export function compareManifests(before: Manifest, after: Manifest): Comparison {
  const ids = contentIds(before, after);
  const plain: ComparedFile[] = [];
  const added: number[] = [];
  const removed: number[] = [];
  pairRows(before, after, (i, j) => {
    if (i < 0) added.push(j);
    else if (j < 0) removed.push(i);
    const mark =
      i < 0 ? "added" : j < 0 ? "removed" : ids.before[i] === ids.after[j] ? "same" : "changed";
    plain.push({ mark, before: i, after: j });
  });
  const renamedFrom = pairByContent(before, removed, after, added, ids);
  const copiedFrom = originsOfCopies(before, after, added, renamedFrom, ids);
  const moved = new Set(renamedFrom.values());
  const files: ComparedFile[] = [];
  for (const file of plain) {
    const origin = renamedFrom.get(file.after);
    const original = copiedFrom.get(file.after);
    if (file.mark === "added" && origin !== undefined)
      files.push({ mark: "renamed", before: origin, after: file.after });
    else if (file.mark === "added" && original !== undefined)
      files.push({ mark: "copied", before: original, after: file.after });
    else if (file.mark !== "removed" || !moved.has(file.before)) files.push(file);
  }
  return { before, after, files, bytes: countBytes(before, after, ids) };
}

/** The path of a file in a comparison. */
export function pathOf(comparison: Comparison, { before, after }: ComparedFile): LogicalPath {
  const path = after < 0 ? comparison.before.paths[before] : comparison.after.paths[after];
  if (path === undefined) throw new RangeError("no such row");
  return path;
}

/** Each content once; references hold no bytes here. */
function countBytes(before: Manifest, after: Manifest, ids: ContentIds): Comparison["bytes"] {
  const old = sizesById(before, ids.before, ids.count);
  const now = sizesById(after, ids.after, ids.count);
  const bytes = { added: 0, removed: 0, shared: 0 };
  for (let id = 0; id < ids.count; id++) {
    const sizeBefore = old[id] ?? -1;
    const sizeAfter = now[id] ?? -1;
    if (sizeBefore < 0 && sizeAfter >= 0) bytes.added += sizeAfter;
    else if (sizeBefore >= 0 && sizeAfter < 0) bytes.removed += sizeBefore;
    else if (sizeBefore >= 0) bytes.shared += sizeBefore;
  }
  return bytes;
}

/** -1 for contents that the manifest doesn't have. */
function sizesById(manifest: Manifest, ids: Int32Array, count: number): Float64Array {
  const sizes = new Float64Array(count).fill(-1);
  ids.forEach((id, row) => {
    sizes[id] = manifest.sizes[row] ?? 0;
  });
  for (const { row } of manifest.refs ?? []) sizes[ids[row] ?? -1] = 0;
  return sizes;
}

/**
 * Gives each added row a removed one of the same content, each at most once: one of the same name
 * first, then one of the same folder, then any. Empty files are all alike, so only their names tell.
 */
function pairByContent(
  before: Manifest,
  removed: readonly number[],
  after: Manifest,
  added: readonly number[],
  ids: ContentIds,
): ReadonlyMap<number, number> {
  const origins = new Map<number, number>();
  const taken = new Set<number>();
  const pairWhere = (traitOf: (path: string) => string, takesEmpty: boolean): void => {
    const waiting = new Map<string, number[]>();
    for (const row of removed.toReversed()) {
      if (taken.has(row) || (!takesEmpty && isEmpty(before, row))) continue;
      const key = `${ids.before[row]}/${traitOf(before.paths[row] ?? "")}`;
      const rows = waiting.get(key);
      if (rows === undefined) waiting.set(key, [row]);
      else rows.push(row);
    }
    if (waiting.size === 0) return;
    for (const row of added) {
      if (origins.has(row)) continue;
      const key = `${ids.after[row]}/${traitOf(after.paths[row] ?? "")}`;
      const origin = waiting.get(key)?.pop();
      if (origin === undefined) continue;
      origins.set(row, origin);
      taken.add(origin);
    }
  };
  pairWhere(baseName, true);
  pairWhere(folderOf, false);
  pairWhere(() => "", false);
  return origins;
}

/** For added rows that are no renames: a row of the older side with the same content, of the same name if there is one. */
function originsOfCopies(
  before: Manifest,
  after: Manifest,
  added: readonly number[],
  renamed: ReadonlyMap<number, number>,
  ids: ContentIds,
): ReadonlyMap<number, number> {
  const wanted = new Map<number, number>();
  for (const row of added)
    if (!renamed.has(row) && !isEmpty(after, row)) wanted.set(row, ids.after[row] ?? -1);
  const contents = new Set(wanted.values());
  const first = new Map<number, number>();
  const byName = new Map<string, number>();
  ids.before.forEach((id, row) => {
    if (!contents.has(id)) return;
    const named = `${id}/${baseName(before.paths[row] ?? "")}`;
    if (!first.has(id)) first.set(id, row);
    if (!byName.has(named)) byName.set(named, row);
  });
  const origins = new Map<number, number>();
  for (const [row, id] of wanted) {
    const origin = byName.get(`${id}/${baseName(after.paths[row] ?? "")}`) ?? first.get(id);
    if (origin !== undefined) origins.set(row, origin);
  }
  return origins;
}

function isEmpty(manifest: Manifest, row: number): boolean {
  return manifest.sizes[row] === 0 && referenceAt(manifest, row) === undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
