// What reading a drop, a paste or a chosen folder finds.
import type { FolderNode } from "./nodes.ts";
import { CairnError, type Problem } from "../../core/errors.ts";

/** A file as it was at the moment it was found: a File forgets its size when its disk file goes. */
export interface FoundFile {
  readonly path: string;
  readonly file: File;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** A folder that an ignore rule kept from being read; `readSkipped` reads it later. */
export interface SkippedFolder {
  readonly path: string;
  readonly node: FolderNode;
}

/** A file or folder that the browser could not read. */
export interface FoundProblem {
  readonly path: string;
  readonly isFolder: boolean;
  readonly problem: Problem;
}

/** What was found since the last batch. */
export interface FoundBatch {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedFolder[];
  readonly problems: readonly FoundProblem[];
  readonly emptyFolders: number;
}

/** One of the things that were dropped or chosen, before anything is read. */
export interface PickedTop {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface ReadOptions {
  /** True for a folder that is not to be read now. */
  readonly skipsFolder: (path: string) => boolean;
  readonly onBatch: (batch: FoundBatch) => void;
  readonly signal: AbortSignal;
}

/** Something given by the person that can be read once. */
export interface Picked {
  readonly tops: readonly PickedTop[];
  /**
   * Reads everything, telling what it finds as it goes.
   *
   * @throws CairnError `nothing_dropped` when only empty folders were found, `aborted`
   */
  read(options: ReadOptions): Promise<void>;
}

/** Records a file's size and time at once. */
export function found(path: string, file: File): FoundFile {
  return { path, file, sizeBytes: file.size, modifiedMs: file.lastModified };
}

/** Throws `aborted` once the signal says so. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CairnError("aborted", {});
}
