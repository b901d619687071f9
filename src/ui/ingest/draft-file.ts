// One file of a draft, and what the list of them adds up to.
import type { Digest } from "../../core/digest.ts";
import type { Problem } from "../../core/errors.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import { reroot, type Root } from "../../core/reroot.ts";
import type { FileId } from "../../protocol/ingest.ts";
import type { SkippedFolder } from "../../client/pick/found.ts";

/** How a file compares with the same path in `latest`; `null` until that is known. */
export type Mark = "unchanged" | "added" | "changed" | null;

export type FileStatus = "waiting" | "storing" | "hashing" | "staged" | "failed";

/**
 * A found file, changed in place: a hundred thousand of them are told of by one version signal,
 * not by a signal each.
 */
export interface DraftFile {
  /** Its place in arrival order. */
  readonly index: number;
  /** Path as dropped, with the dropped folder's name in front. */
  readonly source: string;
  /** Which drop it came with, from 1; 0 for what the version it started from holds. */
  readonly drop: number;
  /** Kept from the version the draft started from: nothing to read, its path is final. */
  readonly isBase: boolean;
  /** `null` when the browser couldn't open it, and for folders. */
  readonly file: File | null;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Set for a folder that an ignore rule keeps from being read. */
  readonly skipped: SkippedFolder | null;
  status: FileStatus;
  /** Bytes read of a file being worked on. */
  doneBytes: number;
  problem: Problem | null;
  /** The store's number for it once it was sent there; a new one each time it is sent. */
  stageId: FileId | null;
  /** Pattern of the ignore rule that leaves it out. */
  ignoredBy: string | null;
  /** Taken out by the person, who may put it back. */
  isRemoved: boolean;
  /** Something else stands in its place: the same file given again, or what a folder held. */
  isReplaced: boolean;
  mark: Mark;
}

/** Sums over the files that take part. */
export interface DraftTotals {
  readonly files: number;
  readonly sizeBytes: number;
  readonly stagedFiles: number;
  readonly doneBytes: number;
  readonly failed: number;
  readonly leftOut: number;
}

/** The version a draft starts from. */
export interface DraftStart {
  readonly version: VersionRef;
  readonly type: string;
  readonly digest: Digest;
  readonly manifest: Manifest;
}

/** The path a file will have in the version. */
export function logicalPathOf(file: DraftFile, root: Root): string {
  return file.isBase ? file.source : reroot(file.source, root);
}

/** True for a file that the version will hold if it can be read. */
export function takesPart(file: DraftFile): boolean {
  return !file.isRemoved && !file.isReplaced && file.ignoredBy === null;
}

/** Adds up the files. */
export function totalsOf(files: readonly DraftFile[]): DraftTotals {
  let count = 0;
  let sizeBytes = 0;
  let stagedFiles = 0;
  let doneBytes = 0;
  let failed = 0;
  let leftOut = 0;
  for (const file of files) {
    if (file.isReplaced) continue;
    if (!takesPart(file)) leftOut++;
    else if (file.status === "failed") failed++;
    else {
      count++;
      sizeBytes += file.sizeBytes;
      doneBytes += file.status === "staged" ? file.sizeBytes : file.doneBytes;
      if (file.status === "staged") stagedFiles++;
    }
  }
  return { files: count, sizeBytes, stagedFiles, doneBytes, failed, leftOut };
}
