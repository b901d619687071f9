// Files by a piece of their path, or by the beginning of their digest.
import { FIT, fitOf, fitTogether, type Fit, type Wanted } from "../../core/search-match.ts";
import type { FindHit, FindRequest } from "../../protocol/find-api.ts";
import { Best } from "./best.ts";
import type { FileIndex, Line } from "./file-index.ts";

/** Paths or digests looked into further: each may be in very many versions. */
const CANDIDATES = 40;
/** After so many artifacts with one path the next path has its turn. */
const IN_A_ROW = 3;

interface Candidate {
  readonly number: number;
  readonly fit: Fit;
}

/** One path of one artifact, in its newest version that is not in the trash. */
interface Place {
  readonly line: Line;
  readonly version: number;
  readonly row: number;
}

interface FoundFiles {
  readonly hits: readonly FindHit[];
  readonly hasMore: boolean;
}

/**
 * Files whose path, or its last part, fits. Letters here and there are looked for only where no path
 * has them together.
 */
export function findPaths(index: FileIndex, wanted: Wanted, request: FindRequest): FoundFiles {
  let best = bestPaths(index, wanted, fitTogether);
  if (best.items.length === 0) best = bestPaths(index, wanted, fitOf);
  const numbers = best.items.map(({ number }) => number);
  const places = newestPlaces(index, numbers, (all, visit) => index.eachOfPaths(all, visit));
  return answer(index, best.items, places, "path", request, best.isCut);
}

function bestPaths(
  { masks, folded }: FileIndex,
  wanted: Wanted,
  fitOfText: typeof fitOf,
): Best<Candidate & { readonly length: number; readonly path: string }> {
  const best = new Best<Candidate & { length: number; path: string }>(CANDIDATES, (a, b) =>
    a.path < b.path ? -1 : 1,
  );
  for (let number = 0; number < folded.length; number++) {
    if (((masks[number] ?? 0) & wanted.mask) !== wanted.mask) continue;
    const path = folded[number] ?? "";
    const whole = fitOfText(path, wanted);
    if (whole === null) continue;
    best.count();
    // Its last part may fit better, but no better than that.
    if (!best.wants(Math.min(whole, FIT.start), path.length)) continue;
    const fit = fitOfPath(path, whole, wanted, fitOfText);
    if (best.wants(fit, path.length)) best.add({ number, fit, length: path.length, path });
  }
  return best;
}

/** Files whose digest begins with these hex characters. */
export function findBlobs(index: FileIndex, hex: string, request: FindRequest): FoundFiles {
  const numbers = index.blobs.startingWith(hex, CANDIDATES);
  const best = numbers.map((number) => ({
    number,
    fit: hex.length === 64 ? FIT.whole : FIT.start,
  }));
  const places = newestPlaces(index, numbers, (all, visit) => index.eachOfBlobs(all, visit));
  return answer(index, best, places, "digest", request, numbers.length === CANDIDATES);
}

/**
 * The last part of a path counts as a text of its own: people know files by that.
 *
 * @param fit that of the whole path
 */
function fitOfPath(folded: string, fit: Fit, wanted: Wanted, fitOfText: typeof fitOf): Fit {
  if (fit <= FIT.start) return fit;
  const slash = folded.lastIndexOf("/");
  const name = slash < 0 ? null : fitOfText(folded.slice(slash + 1), wanted);
  return name === null || name > fit ? fit : name === FIT.whole ? FIT.start : name;
}

/** For each thing asked for, where it is: each path of each artifact once. */
function newestPlaces(
  index: FileIndex,
  wanted: readonly number[],
  each: FileIndex["eachOfPaths"],
): readonly (readonly Place[])[] {
  const places = wanted.map(() => new Map<Line, Place[]>());
  each(wanted, (line, version, which, row) => {
    if (line.inTrash[version] === true) return;
    const known = places[which]?.get(line);
    if (known === undefined) places[which]?.set(line, [{ line, version, row }]);
    // Newest versions come first, so the one known is it.
    else if (!known.some((other) => index.pathNumberAt(other.row) === index.pathNumberAt(row)))
      known.push({ line, version, row });
  });
  return places.map((of) => [...of.values()].flat());
}

function answer(
  index: FileIndex,
  best: readonly Candidate[],
  places: readonly (readonly Place[])[],
  by: "path" | "digest",
  { limit, near }: FindRequest,
  isCut: boolean,
): FoundFiles {
  const distance = ({ line }: Place): number => {
    if (near === null || line.project !== near.project) return 2;
    return line.name === near.name ? 0 : 1;
  };
  const ranked = best.flatMap(({ fit }, rank) =>
    (places[rank] ?? [])
      .toSorted((a, b) => distance(a) - distance(b) || timeOf(b) - timeOf(a))
      .map((place, turn) => ({ place, fit, rank, round: Math.floor(turn / IN_A_ROW) })),
  );
  ranked.sort((a, b) => a.fit - b.fit || a.round - b.round || a.rank - b.rank);
  const hits = ranked.slice(0, limit).map(({ place, fit }): FindHit => {
    const { line, version, row } = place;
    const { project, name } = line;
    const number = line.numbers[version];
    if (number === undefined) throw new RangeError(`no version ${version} in ${project}/${name}`);
    return { kind: "file", by, fit, project, name, number, ...index.fileAt(row) };
  });
  return { hits, hasMore: isCut || ranked.length > limit };
}

function timeOf({ line, version }: Place): number {
  return line.createdAt[version] ?? 0;
}
