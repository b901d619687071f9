// The logical paths of a draft's files, and what stands in their way [F1 F2 F3].
import { isCairnError, type Problem } from "../../core/errors.ts";
import { checkPath, checkPathSet, type LogicalPath, type PathTwins } from "../../core/path.ts";
import type { Root } from "../../core/reroot.ts";
import type { DraftEntries } from "../../protocol/ingest.ts";
import { logicalPathOf, takesPart, type DraftFile, type DraftStart } from "./draft-file.ts";

/** What checking all paths found. */
export interface PathReport {
  /** The files that can be logged, those of the version it started from last, and their logical paths in the same order. */
  readonly files: readonly DraftFile[];
  readonly paths: readonly LogicalPath[];
  /** Problem per index of a file whose path can't be kept. */
  readonly invalid: ReadonlyMap<number, Problem>;
  /** The first two files that can't stand together. */
  readonly conflict: Problem | null;
  /** Paths that only a case-sensitive disk can hold together. */
  readonly twins: readonly PathTwins[];
}

/** Checks the paths of all files that take part. */
export function checkPaths(all: readonly DraftFile[], root: Root): PathReport {
  const files: DraftFile[] = [];
  const paths: LogicalPath[] = [];
  const invalid = new Map<number, Problem>();
  for (const file of all) {
    if (!takesPart(file) || file.status === "failed" || file.isBase) continue;
    const path = logicalPathOf(file, root);
    const problem = checkPath(path);
    if (problem !== null) invalid.set(file.index, problem);
    else {
      files.push(file);
      paths.push(path as LogicalPath);
    }
  }
  const given = new Set<string>(paths);
  for (const file of all) {
    // A file given at the same path takes its place.
    if (!file.isBase || !takesPart(file) || given.has(file.source)) continue;
    files.push(file);
    paths.push(file.source as LogicalPath);
  }
  try {
    return { files, paths, invalid, conflict: null, twins: checkPathSet(paths, sourceAt) };
  } catch (error) {
    if (!isCairnError(error, "path_conflict")) throw error;
    return { files, paths, invalid, conflict: { code: error.code, data: error.data }, twins: [] };
  }

  function sourceAt(index: number): string {
    const file = files[index];
    if (file === undefined) return "";
    if (file.isBase) return `${file.source} (kept)`;
    return file.drop === 1 ? file.source : `${file.source} (drop ${file.drop})`;
  }
}

/** Where several files share a path, all but the last that arrived. */
export function olderTwins(report: PathReport): readonly DraftFile[] {
  const newest = new Map<string, DraftFile>();
  const older: DraftFile[] = [];
  report.paths.forEach((path, index) => {
    const file = report.files[index];
    if (file === undefined) return;
    const earlier = newest.get(path);
    if (earlier !== undefined) older.push(earlier);
    newest.set(path, file);
  });
  return older;
}

/**
 * The checked files as the store knows them; `null` when one has been taken back from it since.
 *
 * @param start the version the draft started from
 * @param all every file of the draft: those of the version that are not in the report were removed
 */
export function draftEntriesOf(
  report: PathReport,
  start: DraftStart | null,
  all: readonly DraftFile[],
): DraftEntries | null {
  const given = report.files.filter((file) => !file.isBase);
  const fileIds = new Uint32Array(given.length);
  for (const [index, { stageId }] of given.entries()) {
    if (stageId === null) return null;
    fileIds[index] = stageId;
  }
  const entries = { fileIds, paths: report.paths.slice(0, given.length) };
  if (start === null) return entries;
  const removed = all.filter((file) => file.isBase && !takesPart(file)).map(({ source }) => source);
  return { ...entries, base: { manifest: start.digest, removed } };
}
