// What the page and the store worker say to each other while files are staged.
import type { Problem } from "../core/errors.ts";
import type { ArtifactType, ProjectName, ArtifactName } from "../core/names.ts";
import type { VersionNumber } from "../core/version.ts";
import type { AliasMove } from "../core/alias.ts";
import type { VersionRecord } from "../core/records.ts";

/** The page's own number for a file in a draft. */
export type FileId = number;

/** A file to be read, hashed and stored. Size and time are those seen at the drop: a File forgets its size when it is deleted. */
export interface StageRequest {
  readonly id: FileId;
  readonly file: File;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** What happened since the last notice. At most ten a second. */
export interface IngestNotice {
  readonly staged: readonly FileId[];
  readonly failed: readonly { readonly id: FileId; readonly problem: Problem }[];
  /** The files being worked on now. */
  readonly active: readonly ActiveFile[];
  /** Bytes staged since the ingest was opened, counting the finished part of active files. */
  readonly doneBytes: number;
  /** Set when writing stopped for all files, for instance because the storage is full. */
  readonly halted: Problem | null;
}

export interface ActiveFile {
  readonly id: FileId;
  readonly phase: "storing" | "hashing";
  readonly doneBytes: number;
}

/** The files a draft would log, as columns: `fileIds[i]` at the logical path `paths[i]`. */
export interface DraftEntries {
  readonly fileIds: Uint32Array;
  readonly paths: readonly string[];
}

/** What logging a fully staged draft would change. */
export interface DraftComparison {
  /** The artifact of that name, if there is one. */
  readonly existing: { readonly type: ArtifactType; readonly latest: VersionNumber } | null;
  /** The version that already holds exactly this content [V2]. */
  readonly sameAs: VersionNumber | null;
  /** Per entry, in the order given: one of {@link MARKS}. */
  readonly marks: Uint8Array;
  /** Paths of `latest` that the draft no longer has. */
  readonly removed: readonly string[];
  /** Bytes that the store doesn't hold yet. */
  readonly newBytes: number;
}

/** Values of `DraftComparison.marks`, against `latest`. */
export const MARKS = { unchanged: 0, added: 1, changed: 2 } as const;

/** The outcome of a commit. */
export interface LogResult {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly version: VersionRecord;
  /** False when the content was identical to an existing version [V2]. */
  readonly created: boolean;
  /** The content was known, and blobs of it that were corrupt are whole again. */
  readonly healed: boolean;
  readonly moves: readonly AliasMove[];
  /** Description or metadata were given for content that was already logged, and not applied [V2]. */
  readonly detailsIgnored: boolean;
}
