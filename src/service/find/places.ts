// Where blobs are: every version and path, in the index of files and beyond it.
import { DIGEST_BYTES, type Digest } from "../../core/digest.ts";
import type { BytesPlace } from "../../protocol/find-api.ts";
import type { Database } from "../../store/schema.ts";
import { DigestTable } from "./digest-table.ts";
import type { FileIndex, Line } from "./file-index.ts";
import { manifestPages } from "./read-index.ts";

interface Places {
  readonly places: readonly BytesPlace[];
  readonly count: number;
}

/** The places of one blob: all are counted, the newest kept. */
class Gathered {
  readonly #limit: number;
  #newest: { readonly line: Line; readonly version: number; readonly path: string }[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(line: Line, version: number, path: string): void {
    this.#count++;
    this.#newest.push({ line, version, path });
    if (this.#newest.length > 8 * this.#limit) this.#cut();
  }

  finish(): Places {
    this.#cut();
    const places = this.#newest.map(({ line, version, path }): BytesPlace => {
      const { project, name } = line;
      const number = line.numbers[version];
      if (number === undefined) throw new RangeError(`no version ${version} in ${project}/${name}`);
      const createdAt = new Date(line.createdAt[version] ?? 0).toISOString();
      const state = line.inTrash[version] === true ? "in_trash" : "live";
      return { project, name, number, path, state, createdAt };
    });
    return { places, count: this.#count };
  }

  /** Newest first; what can be opened goes before what is in the trash. */
  #cut(): void {
    this.#newest.sort(
      (a, b) =>
        Number(a.line.inTrash[a.version]) - Number(b.line.inTrash[b.version]) ||
        (b.line.createdAt[b.version] ?? 0) - (a.line.createdAt[a.version] ?? 0),
    );
    this.#newest.length = Math.min(this.#newest.length, this.#limit);
  }
}

/**
 * Where each of the blobs is; those that are nowhere are left out.
 *
 * @param limit the most places to answer for each
 */
export async function placesOf(
  db: Database,
  index: FileIndex,
  digests: readonly Digest[],
  limit: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<Digest, Places>> {
  const gathered = new Map<Digest, Gathered>();
  const add = (digest: Digest, line: Line, version: number, path: string): void => {
    const known = gathered.get(digest) ?? new Gathered(limit);
    gathered.set(digest, known);
    known.add(line, version, path);
  };
  const known = digests.filter((digest) => index.blobs.findText(digest) >= 0);
  const numbers = known.map((digest) => index.blobs.findText(digest));
  index.eachOfBlobs(numbers, (line, version, which, row) => {
    const digest = known[which];
    if (digest !== undefined) add(digest, line, version, index.fileAt(row).path);
  });
  if (index.countUnread() > 0) await searchUnread(db, index, digests, add, signal);
  return new Map([...gathered].map(([digest, of]) => [digest, of.finish()]));
}

/** Looks into the manifests that the index had no room for. */
async function searchUnread(
  db: Database,
  index: FileIndex,
  digests: readonly Digest[],
  add: (digest: Digest, line: Line, version: number, path: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const unread = new Map<Digest, { readonly line: Line; readonly version: number }[]>();
  for (const line of index.lines.values())
    line.manifests.forEach((manifest, version) => {
      if (index.isRead(manifest)) return;
      const digest = index.manifests.digestAt(manifest);
      const held = unread.get(digest);
      if (held === undefined) unread.set(digest, [{ line, version }]);
      else held.push({ line, version });
    });
  const wanted = new DigestTable();
  for (const digest of digests) wanted.addText(digest);
  for await (const { keys, parts } of manifestPages(db)) {
    signal.throwIfAborted();
    keys.forEach(([manifest], i) => {
      const part = parts[i];
      const holders = unread.get(manifest);
      if (part === undefined || holders === undefined) return;
      part.paths.forEach((path, row) => {
        const number = wanted.find(part.digests, row * DIGEST_BYTES);
        if (number < 0) return;
        for (const { line, version } of holders) add(wanted.digestAt(number), line, version, path);
      });
    });
  }
}
