// Manifests: the set of files that is a version's identity [M2 M3].
import { compareUtf8 } from "./utf8.ts";
import type { Digest } from "./digest.ts";
import type { LogicalPath } from "./path.ts";
import { DIGEST_BYTES, readDigest, writeDigest } from "./digest.ts";

/** A file in a manifest. */
export interface ManifestEntry {
  readonly path: LogicalPath;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
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
}

/** Builds a manifest from entries in any order. */
export function manifestOf(entries: readonly ManifestEntry[]): Manifest {
  const sorted = entries.toSorted((a, b) => compareUtf8(a.path, b.path));
  const digests = new Uint8Array(sorted.length * DIGEST_BYTES);
  sorted.forEach((entry, row) => writeDigest(entry.digest, digests, row * DIGEST_BYTES));
  return {
    paths: sorted.map((entry) => entry.path),
    digests,
    sizes: Float64Array.from(sorted, (entry) => entry.size),
  };
}

/** The entry in a row. Throws RangeError when there is none. */
export function entryAt(manifest: Manifest, row: number): ManifestEntry {
  const path = manifest.paths[row];
  const size = manifest.sizes[row];
  if (path === undefined || size === undefined) throw new RangeError(`no manifest row ${row}`);
  return { path, digest: readDigest(manifest.digests, row * DIGEST_BYTES), size };
}

/** All entries, in path order. */
export function* entriesOf(manifest: Manifest): Generator<ManifestEntry> {
  for (let row = 0; row < manifest.paths.length; row++) yield entryAt(manifest, row);
}

/** Sum of the files' sizes in bytes. */
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
 * keys `digest`, `path`, `size` in that order, sorted by path, no white space [M2].
 */
export function* canonicalManifest(manifest: Manifest): Generator<string> {
  yield "[";
  let piece = "";
  let separator = "";
  for (const { path, digest, size } of entriesOf(manifest)) {
    piece += `${separator}{"digest":"${digest}","path":${JSON.stringify(path)},"size":${size}}`;
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
    parts.push({
      paths: manifest.paths.slice(from, to),
      digests: manifest.digests.slice(from * DIGEST_BYTES, to * DIGEST_BYTES),
      sizes: manifest.sizes.slice(from, to),
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
  let row = 0;
  for (const part of parts) {
    digests.set(part.digests, row * DIGEST_BYTES);
    sizes.set(part.sizes, row);
    row += part.paths.length;
  }
  return { paths: parts.flatMap((part) => part.paths), digests, sizes };
}
