// Which files the list shows.
import { logicalPathOf, takesPart, type DraftFile } from "./draft-file.ts";
import type { DraftState } from "./draft-state.ts";

export type FileFilter = "all" | "added" | "changed" | "removed" | "failed" | "left_out";

/** A line of the list: a file, or the path of one that only `latest` has. */
export type FileLine = DraftFile | string;

/** The logical path of a line. */
export function pathOf(draft: DraftState, line: FileLine): string {
  return typeof line === "string" ? line : logicalPathOf(line, draft.root.value);
}

/** The lines of a filter that contain the text, those in the way first. */
export function linesOf(
  draft: DraftState,
  filter: FileFilter,
  search: string,
): readonly FileLine[] {
  void draft.files.version.value;
  const wanted = search.trim().toLowerCase();
  const matches = (line: FileLine): boolean =>
    wanted === "" || pathOf(draft, line).toLowerCase().includes(wanted);
  if (filter === "removed") return removedPaths(draft).filter(matches);
  const invalid = draft.paths.value?.invalid;
  const first: DraftFile[] = [];
  const rest: DraftFile[] = [];
  for (const file of draft.files.ordered(draft.phase.value !== "reading")) {
    if (file.isReplaced) continue;
    const isBlocking =
      takesPart(file) && (file.status === "failed" || invalid?.has(file.index) === true);
    if (!belongs(file, filter, isBlocking) || !matches(file)) continue;
    (isBlocking ? first : rest).push(file);
  }
  return first.length === 0 ? rest : [...first, ...rest];
}

/** How many lines each filter has. */
export function countLines(draft: DraftState): Readonly<Record<FileFilter, number>> {
  const totals = draft.files.totals.value;
  const comparison = draft.comparison.value;
  const known = comparison.kind === "ready" ? comparison.value : null;
  return {
    all: totals.files + totals.failed,
    added: known?.addedCount ?? 0,
    changed: known?.changedCount ?? 0,
    removed: removedPaths(draft).length,
    failed: totals.failed + (draft.paths.value?.invalid.size ?? 0),
    left_out: totals.leftOut,
  };
}

function removedPaths(draft: DraftState): readonly string[] {
  const comparison = draft.comparison.value;
  return comparison.kind === "ready" ? comparison.value.removed : [];
}

function belongs(
  file: DraftFile,
  filter: Exclude<FileFilter, "removed">,
  isBlocking: boolean,
): boolean {
  switch (filter) {
    case "all":
      return takesPart(file);
    case "added":
    case "changed":
      return takesPart(file) && file.mark === filter;
    case "failed":
      return isBlocking;
    case "left_out":
      return !takesPart(file);
  }
}
