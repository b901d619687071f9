// What the page and the store worker say to each other while files are staged.
import type { AliasMove } from "../core/alias.ts";
import type { Digest } from "../core/digest.ts";
import type { DraftInput } from "../core/draft.ts";
import type { Problem } from "../core/errors.ts";
import type { ArtifactType, ProjectName, ArtifactName } from "../core/names.ts";
import type { IngestUid, TrashUid, VersionRecord } from "../core/records.ts";
import type { VersionNumber } from "../core/version.ts";

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

/** What a draft would log. */
export interface DraftEntries {
  /** Staged files as columns: `fileIds[i]` at the logical path `paths[i]`. */
  readonly fileIds: Uint32Array;
  readonly paths: readonly string[];
  /** Taken over from a version given to {@link IngestApi.startFrom}; a staged file at the same path replaces it. */
  readonly base?: DraftBase;
  readonly references?: readonly DraftReference[];
}

export interface DraftBase {
  readonly manifest: Digest;
  /** Paths not taken over. */
  readonly removed: readonly string[];
}

/** A URI to be logged without its bytes [M4]. */
export interface DraftReference {
  readonly path: string;
  readonly uri: string;
  /** The URI stands in for `null`. */
  readonly digest: string | null;
  readonly sizeBytes: number;
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
  /** A deleted version that held the same content, and can be restored instead [V6]. */
  readonly twinInTrash: { readonly number: VersionNumber; readonly trash: TrashUid } | null;
}

export interface IngestApi {
  /** Opens a staging area that lives until commit, cancel, or the end of this page. */
  openIngest(onNotice: (notice: IngestNotice) => void): Promise<IngestUid>;
  /** Keeps a version's bytes from being collected while a draft builds on them. Throws `not_found`. */
  startFrom(ingest: IngestUid, manifest: Digest): Promise<void>;
  /** Queues files. Returns when they are queued; the notices say how they fare. */
  stageFiles(ingest: IngestUid, files: readonly StageRequest[]): Promise<void>;
  /** Takes up a halted ingest again, with its failed and waiting files. */
  resumeIngest(ingest: IngestUid): Promise<void>;
  /** Forgets files: waiting ones are not read, staged ones not logged. */
  unstageFiles(ingest: IngestUid, ids: readonly FileId[]): Promise<void>;
  /** What logging the draft would change, told once its files are staged. */
  compareDraft(
    ingest: IngestUid,
    target: { project: string; name: string },
    entries: DraftEntries,
  ): Promise<DraftComparison>;
  /**
   * Logs the draft in one transaction, after its files are staged.
   *
   * @throws CairnError of the input, `type_mismatch`, `empty_artifact`, `path_conflict`, `file_unreadable`, storage errors;
   *   the store is then as before, and the draft can be mended and committed again
   */
  commitDraft(ingest: IngestUid, draft: DraftInput, entries: DraftEntries): Promise<LogResult>;
  /** Drops a staging area and every byte it wrote. */
  cancelIngest(ingest: IngestUid): Promise<void>;
}
