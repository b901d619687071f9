// Which version holds which paths and bytes, in memory, as columns: a search goes over all of them, in milliseconds.
import { DIGEST_BYTES, type Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ArtifactName, ProjectName } from "../../core/names.ts";
import type { ArtifactUid, VersionRecord } from "../../core/records.ts";
import { foldLetters, letterMask } from "../../core/search-match.ts";
import type { VersionNumber } from "../../core/version.ts";
import { Column } from "./columns.ts";
import { DigestTable } from "./digest-table.ts";

/** A reference's bytes are not here. */
const NO_BLOB = 0xffff_ffff;

/** An artifact's versions, lowest number first: row i is `numbers[i]`, `manifests[i]` and so on. */
export interface Line {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly numbers: VersionNumber[];
  readonly manifests: number[];
  /** Milliseconds. */
  readonly createdAt: number[];
  readonly inTrash: boolean[];
}

/** What of a version is kept here. */
export type LineVersion = Pick<VersionRecord, "number" | "digest" | "createdAt"> & {
  readonly inTrash: boolean;
};

/**
 * Told of one file of a version.
 *
 * @param version its row in the line
 * @param which the thing asked for that it is, by place in the question
 * @param row its row here; see {@link FileIndex.fileAt}
 */
type Visit = (line: Line, version: number, which: number, row: number) => void;

export class FileIndex {
  readonly blobs = new DigestTable();
  readonly manifests = new DigestTable();
  readonly lines = new Map<ArtifactUid, Line>();
  readonly #paths: string[] = [];
  readonly #folded: string[] = [];
  readonly #pathNumbers = new Map<string, number>();
  readonly #masks = new Column();
  /** By manifest: its first row, and the one after its last; equal for one not read. */
  readonly #from = new Column();
  readonly #to = new Column();
  readonly #rowPaths = new Column();
  readonly #rowBlobs = new Column();
  #last = -1;

  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Each path as searches compare it. */
  get folded(): readonly string[] {
    return this.#folded;
  }

  /** The letters of each path; see {@link letterMask}. */
  get masks(): Uint32Array {
    return this.#masks.view();
  }

  get rows(): number {
    return this.#rowPaths.length;
  }

  /** What the columns take; paths themselves come on top. */
  get bytes(): number {
    const columns = [this.#masks, this.#from, this.#to, this.#rowPaths, this.#rowBlobs];
    return columns.reduce((sum, { bytes }) => sum + bytes, this.blobs.bytes + this.manifests.bytes);
  }

  isRead(manifest: number): boolean {
    return this.#to.at(manifest) > this.#from.at(manifest);
  }

  /** Puts an artifact's versions in place of those known. */
  setLine(
    uid: ArtifactUid,
    of: { readonly project: ProjectName; readonly name: ArtifactName },
    versions: readonly LineVersion[],
  ): void {
    const { project, name } = of;
    const line = { project, name, numbers: [], manifests: [], createdAt: [], inTrash: [] };
    this.lines.set(uid, line);
    for (const version of versions.toSorted((a, b) => a.number - b.number))
      this.#push(line, version);
  }

  /** Versions whose files were not read. */
  countUnread(): number {
    let count = 0;
    for (const { manifests } of this.lines.values())
      for (const manifest of manifests) if (!this.isRead(manifest)) count++;
    return count;
  }

  #push(line: Line, { number, digest, createdAt, inTrash }: LineVersion): void {
    line.numbers.push(number);
    line.manifests.push(this.numberOf(digest));
    line.createdAt.push(Date.parse(createdAt));
    line.inTrash.push(inTrash);
  }

  /** Takes in a stored part of a manifest. Parts come in order; a manifest known already is passed over. */
  addPart(digest: Digest, part: number, { paths, digests, refs = [] }: Manifest): void {
    const manifest = this.numberOf(digest);
    if (part === 0 ? this.isRead(manifest) : this.#last !== manifest) return;
    if (part === 0) this.#from.set(manifest, this.rows);
    this.#last = manifest;
    const references = new Set(refs.map(({ row }) => row));
    paths.forEach((path, row) => {
      this.#rowPaths.push(this.#pathOf(path));
      this.#rowBlobs.push(
        references.has(row) ? NO_BLOB : this.blobs.add(digests, row * DIGEST_BYTES),
      );
    });
    this.#to.set(manifest, this.rows);
  }

  /** Visits every file that has one of these paths, newest versions of an artifact first. */
  eachOfPaths(paths: readonly number[], visit: Visit): void {
    this.#each(this.#rowPaths.view(), this.#paths.length, paths, visit);
  }

  /** As {@link eachOfPaths}, by numbers of digests. */
  eachOfBlobs(blobs: readonly number[], visit: Visit): void {
    this.#each(this.#rowBlobs.view(), this.blobs.size, blobs, visit);
  }

  #each(values: Uint32Array, count: number, wanted: readonly number[], visit: Visit): void {
    const which = new Int32Array(count).fill(-1);
    wanted.forEach((value, place) => (which[value] = place));
    for (const line of this.lines.values())
      for (let version = line.numbers.length - 1; version >= 0; version--) {
        const manifest = line.manifests[version] ?? 0;
        const end = this.#to.at(manifest);
        for (let row = this.#from.at(manifest); row < end; row++) {
          const place = which[values[row] ?? NO_BLOB] ?? -1;
          if (place >= 0) visit(line, version, place, row);
        }
      }
  }

  /** The path in a row, and the digest of its bytes; `null` for a reference. */
  fileAt(row: number): { readonly path: string; readonly digest: Digest | null } {
    const blob = this.#rowBlobs.at(row);
    return {
      path: this.#paths[this.#rowPaths.at(row)] ?? "",
      digest: blob === NO_BLOB ? null : this.blobs.digestAt(blob),
    };
  }

  /** Rows of one path are told from others by this. */
  pathNumberAt(row: number): number {
    return this.#rowPaths.at(row);
  }

  /** The number of a manifest, which is given one when it is new. */
  numberOf(digest: Digest): number {
    const manifest = this.manifests.addText(digest);
    if (manifest === this.#from.length) {
      this.#from.push(0);
      this.#to.push(0);
    }
    return manifest;
  }

  #pathOf(path: string): number {
    const known = this.#pathNumbers.get(path);
    if (known !== undefined) return known;
    const number = this.#paths.length;
    const folded = foldLetters(path);
    this.#paths.push(path);
    // One string for both where nothing changes.
    this.#folded.push(folded === path ? path : folded);
    this.#masks.push(letterMask(folded));
    this.#pathNumbers.set(path, number);
    return number;
  }
}
