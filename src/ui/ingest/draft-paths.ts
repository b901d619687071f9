// The logical paths of a draft's files, and what stands in their way [F1 F2 F3].
import { isCairnError, type Problem } from "../../core/errors.ts";
import { checkPath, checkPathSet, type LogicalPath, type PathTwins } from "../../core/path.ts";
import { reroot, type Root } from "../../core/reroot.ts";
import type { DraftEntries } from "../../protocol/ingest.ts";
import { takesPart, type DraftFile } from "./draft-file.ts";

/** What checking all paths found. */
export interface PathReport {
  /** The files that can be logged, and their logical paths in the same order. */
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
    if (!takesPart(file) || file.status === "failed") continue;
    const path = reroot(file.source, root);
    const problem = checkPath(path);
    if (problem !== null) invalid.set(file.index, problem);
    else {
      files.push(file);
      paths.push(path as LogicalPath);
    }
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

/** The checked files as the store knows them; `null` when one has been taken back from it since. */
export function entriesOf(report: PathReport): DraftEntries | null {
  const fileIds = new Uint32Array(report.files.length);
  for (const [index, { stageId }] of report.files.entries()) {
    if (stageId === null) return null;
    fileIds[index] = stageId;
  }
  return { fileIds, paths: report.paths };
}
