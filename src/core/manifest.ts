// Manifests: the set of files and references that is a version's identity [M2 M3 M4].
import { compareUtf8 } from "./utf8.ts";
import type { Digest } from "./digest.ts";
import type { LogicalPath } from "./path.ts";
import { DIGEST_BYTES, readDigest, writeDigest } from "./digest.ts";

/** A file whose bytes are kept. */
export interface FileEntry {
  readonly path: LogicalPath;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly ref?: never;
}

/** A URI in a file's place: its bytes are elsewhere [M4]. */
export interface ReferenceEntry {
  readonly path: LogicalPath;
  readonly ref: string;
  /** Whatever tells the content: a digest of any kind, an ETag, or the URI itself where nothing can. */
  readonly digest: string;
  /** Bytes; 0 where unknown. */
  readonly size: number;
}

export type ManifestEntry = FileEntry | ReferenceEntry;

/** True for an entry whose bytes are elsewhere. */
export function isReference(entry: ManifestEntry): entry is ReferenceEntry {
  return entry.ref !== undefined;
}

/** What a reference has beside its row's path and size. */
export interface ReferenceRow {
  readonly row: number;
  readonly uri: string;
  readonly digest: string;
}

/**
 * A manifest as columns, sorted by the UTF-8 bytes of `paths`. Row i is `paths[i]`, 32 bytes of
 * `digests` from 32·i, `sizes[i]`. A hundred thousand rows cross a worker border in milliseconds,
 * where as many objects would stall the page.
 */
export interface Manifest {
  readonly paths: readonly LogicalPath[];
  readonly digests: Uint8Array<ArrayBuffer>;
  readonly sizes: Float64Array<ArrayBuffer>;
  /** By row; absent when there are none. Their `digests` are zeros. */
  readonly refs?: readonly ReferenceRow[];
}

/** Builds a manifest from entries in any order. */
export function manifestOf(entries: readonly ManifestEntry[]): Manifest {
  const sorted = entries.toSorted((a, b) => compareUtf8(a.path, b.path));
  const digests = new Uint8Array(sorted.length * DIGEST_BYTES);
  const refs: ReferenceRow[] = [];
  sorted.forEach((entry, row) => {
    if (isReference(entry)) refs.push({ row, uri: entry.ref, digest: entry.digest });
    else writeDigest(entry.digest, digests, row * DIGEST_BYTES);
  });
  return {
    paths: sorted.map((entry) => entry.path),
    digests,
    sizes: Float64Array.from(sorted, (entry) => entry.size),
    ...withRefs(refs),
  };
}

/** The entry in a row. Throws RangeError when there is none. */
export function entryAt(manifest: Manifest, row: number): ManifestEntry {
  const path = manifest.paths[row];
  const size = manifest.sizes[row];
  if (path === undefined || size === undefined) throw new RangeError(`no manifest row ${row}`);
  const reference = referenceAt(manifest, row);
  if (reference !== undefined) return { path, ref: reference.uri, digest: reference.digest, size };
  return { path, digest: readDigest(manifest.digests, row * DIGEST_BYTES), size };
}

/** The reference in a row, or `undefined` for a file. */
export function referenceAt(manifest: Manifest, row: number): ReferenceRow | undefined {
  const refs = manifest.refs ?? [];
  let low = 0;
  let high = refs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((refs[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return refs[low]?.row === row ? refs[low] : undefined;
}

/** The files, without references, in path order. */
export function* filesOf(manifest: Manifest): Generator<FileEntry> {
  for (const entry of entriesOf(manifest)) if (!isReference(entry)) yield entry;
}

/** All entries, in path order. */
export function* entriesOf(manifest: Manifest): Generator<ManifestEntry> {
  for (let row = 0; row < manifest.paths.length; row++) yield entryAt(manifest, row);
}

/** Sum of the entries' sizes in bytes. */
export function totalSize(manifest: Manifest): number {
  let bytes = 0;
  for (const size of manifest.sizes) bytes += size;
  return bytes;
}

/** The row of a path, or -1. */
export function rowOf(manifest: Manifest, path: string): number {
  const row = lowerBound(manifest.paths, path);
  return manifest.paths[row] === path ? row : -1;
}

/** The first row whose path does not sort before `path`. */
export function lowerBound(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareUtf8(paths[middle] ?? "", path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The canonical form in pieces, to be hashed one after another: a JSON array of objects with the
 * keys `digest`, `path`, `ref` (references only), `size` in that order, sorted by path, no white space [M2].
 */
export function canonicalManifest(manifest: Manifest): Generator<string> {
  return canonicalEntries(entriesOf(manifest));
}

/** What the canonical form says of an entry, whichever algorithm made the digest. */
export interface CanonicalEntry {
  readonly path: string;
  readonly digest: string;
  readonly ref?: string | undefined;
  /** Bytes. */
  readonly size: number | bigint;
}

/**
 * The canonical form of entries that are sorted by path already. With SHA-256 in place of BLAKE3 it
 * is what Trackio hashes, so that both agree on a version's identity [M2].
 */
export function* canonicalEntries(entries: Iterable<CanonicalEntry>): Generator<string> {
  yield "[";
  let piece = "";
  let separator = "";
  for (const { path, digest, ref, size } of entries) {
    const reference = ref === undefined ? "" : `"ref":${JSON.stringify(ref)},`;
    piece += `${separator}{"digest":${JSON.stringify(digest)},"path":${JSON.stringify(path)},${reference}"size":${size}}`;
    separator = ",";
    if (piece.length > 65_536) {
      yield piece;
      piece = "";
    }
  }
  yield `${piece}]`;
}

/** Cuts a manifest into parts of at most `rows` rows, so that no stored record grows without bound. */
export function splitManifest(manifest: Manifest, rows: number): readonly Manifest[] {
  const parts: Manifest[] = [];
  for (let from = 0; from < manifest.paths.length; from += rows) {
    const to = Math.min(from + rows, manifest.paths.length);
    const refs = (manifest.refs ?? [])
      .filter(({ row }) => row >= from && row < to)
      .map((ref) => ({ ...ref, row: ref.row - from }));
    parts.push({
      paths: manifest.paths.slice(from, to),
      digests: manifest.digests.slice(from * DIGEST_BYTES, to * DIGEST_BYTES),
      sizes: manifest.sizes.slice(from, to),
      ...withRefs(refs),
    });
  }
  return parts;
}

/** The inverse of {@link splitManifest}. */
export function joinManifest(parts: readonly Manifest[]): Manifest {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  const rows = parts.reduce((sum, part) => sum + part.paths.length, 0);
  const digests = new Uint8Array(rows * DIGEST_BYTES);
  const sizes = new Float64Array(rows);
  const refs: ReferenceRow[] = [];
  let row = 0;
  for (const part of parts) {
    digests.set(part.digests, row * DIGEST_BYTES);
    sizes.set(part.sizes, row);
    for (const ref of part.refs ?? []) refs.push({ ...ref, row: ref.row + row });
    row += part.paths.length;
  }
  return { paths: parts.flatMap((part) => part.paths), digests, sizes, ...withRefs(refs) };
}

function withRefs(refs: readonly ReferenceRow[]): Pick<Manifest, "refs"> {
  return refs.length === 0 ? {} : { refs };
}
