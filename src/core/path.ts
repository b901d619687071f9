// Logical paths of files inside an artifact [F1 F2 F3].
import type { Brand } from "./brand.ts";
import { CairnError, errorOf, type Problem } from "./errors.ts";
import { utf8Length } from "./utf8.ts";

export type LogicalPath = Brand<string, "LogicalPath">;

const PATH_MAX_BYTES = 1024;
export const SEGMENT_MAX_BYTES = 255;

/** Says what is wrong with a path, or `null` when it is valid [F1]. */
export function checkPath(path: string): Problem<"invalid_path"> | null {
  const reason = pathProblem(path);
  return reason === null ? null : { code: "invalid_path", data: { path, reason } };
}

/** A logical path. Throws `invalid_path`. */
export function parsePath(path: string): LogicalPath {
  const problem = checkPath(path);
  if (problem !== null) throw errorOf(problem);
  return path as LogicalPath;
}

/** The last segment. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function pathProblem(path: string): string | null {
  if (path === "") return "it is empty";
  if (path.startsWith("/")) return "it starts with “/”";
  if (path.includes("\\")) return "it contains a backslash";
  if (/\p{Cc}/u.test(path)) return "it contains a control character";
  if (/\p{Cs}/u.test(path)) return "it contains broken Unicode";
  if (/^[A-Za-z]:/.test(path)) return "it starts with a drive letter";
  // A UTF-16 unit takes at most three bytes, so short paths need no counting.
  if (path.length * 3 > PATH_MAX_BYTES && utf8Length(path) > PATH_MAX_BYTES)
    return `it is longer than ${PATH_MAX_BYTES} bytes`;
  for (const segment of path.split("/")) {
    if (segment === "") return "it has an empty folder name";
    if (segment === "." || segment === "..") return `it contains “${segment}”`;
    if (segment.length * 3 > SEGMENT_MAX_BYTES && utf8Length(segment) > SEGMENT_MAX_BYTES)
      return `one of its names is longer than ${SEGMENT_MAX_BYTES} bytes`;
  }
  return null;
}

/** Two different paths that a case-insensitive or normalising file system can't hold together [F2]. */
export interface PathTwins {
  readonly first: string;
  readonly second: string;
}

/**
 * Checks that a set of paths can stand in one manifest and reports look-alikes [F2 F3].
 *
 * @param paths valid paths
 * @param sourceOf names where the path at an index came from, for the message
 * @throws CairnError `path_conflict` for a duplicate, or a path that is both file and folder
 */
export function checkPathSet(
  paths: readonly LogicalPath[],
  sourceOf: (index: number) => string,
): readonly PathTwins[] {
  const byPath = new Map<string, number>();
  const byFolded = new Map<string, string>();
  const twins: PathTwins[] = [];
  paths.forEach((path, index) => {
    const earlier = byPath.get(path);
    if (earlier !== undefined)
      throw conflict("duplicate", path, sourceOf(earlier), sourceOf(index));
    byPath.set(path, index);
    const folded = foldPath(path);
    const twin = byFolded.get(folded);
    if (twin === undefined) byFolded.set(folded, path);
    else twins.push({ first: twin, second: path });
  });
  const cleared = new Set<string>();
  paths.forEach((path, index) => {
    for (const folder of parentFolders(path)) {
      if (cleared.has(folder)) break;
      const file = byPath.get(folder);
      if (file !== undefined)
        throw conflict("file_and_folder", folder, sourceOf(file), sourceOf(index));
      cleared.add(folder);
    }
  });
  return twins;
}

/** The form in which two paths collide on macOS or Windows [F2]. */
export function foldPath(path: string): string {
  // Lower case alone keeps apart what they don't, such as the two small forms of “Σ”.
  return path.normalize("NFC").toLowerCase().toUpperCase().normalize("NFC");
}

/** The folders a path lies in, nearest first: `a/b/c` gives `a/b`, `a`. */
export function* parentFolders(path: string): Generator<string> {
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1))
    yield path.slice(0, slash);
}

function conflict(
  reason: "duplicate" | "file_and_folder",
  path: string,
  first: string,
  second: string,
): CairnError {
  return new CairnError("path_conflict", { reason, path, first, second });
}
