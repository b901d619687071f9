// What a page may ask of the store worker: plain data in, plain data out.
import type { DraftInput } from "../core/draft.ts";
import type { Manifest } from "../core/manifest.ts";
import type { Alias } from "../core/names.ts";
import type {
  ArtifactRecord,
  IngestUid,
  ProjectRecord,
  RunRecord,
  VersionRecord,
} from "../core/records.ts";
import type { VersionNumber } from "../core/version.ts";
import type { Digest } from "../core/digest.ts";
import type { DownloadProgress, DownloadReport, DownloadRequest } from "./downloads.ts";
import type {
  DraftComparison,
  DraftEntries,
  FileId,
  IngestNotice,
  LogResult,
  StageRequest,
} from "./ingest.ts";
import type { JobId } from "./jobs.ts";

/** An artifact in a list, with its newest version. */
export interface ArtifactSummary {
  readonly artifact: ArtifactRecord;
  readonly latest: VersionRecord;
  /** Custom aliases of the whole artifact. */
  readonly aliases: readonly { readonly alias: Alias; readonly number: VersionNumber }[];
}

/** A version in a timeline. */
export interface VersionSummary {
  readonly version: VersionRecord;
  /** `latest` first, then the others in name order. */
  readonly aliases: readonly Alias[];
}

export interface ArtifactDetail {
  readonly artifact: ArtifactRecord;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
}

export interface VersionDetail extends VersionSummary {
  readonly artifact: ArtifactRecord;
  readonly producedBy: readonly RunRecord[];
}

/** What the store holds, from counters. */
export interface StorageReport {
  readonly projects: number;
  readonly versions: number;
  /** Bytes of blobs kept; small ones staged in two tabs at once may count twice until they are collected. */
  readonly storedBytes: number;
  /** Sum of all versions' sizes: what separate copies would take. */
  readonly logicalBytes: number;
}

export interface StoreApi {
  listProjects(): Promise<readonly ProjectRecord[]>;
  /** Artifacts by name. Throws `not_found` for an unknown project. */
  listArtifacts(project: string): Promise<readonly ArtifactSummary[]>;
  getArtifact(project: string, name: string): Promise<ArtifactDetail>;
  /** `selector` is `latest`, `v2` or an alias. */
  getVersion(project: string, name: string, selector: string): Promise<VersionDetail>;
  getManifest(digest: Digest): Promise<Manifest>;
  listRuns(project: string): Promise<readonly RunRecord[]>;
  getStorage(): Promise<StorageReport>;

  /** Opens a staging area that lives until commit, cancel, or the end of this page. */
  openIngest(onNotice: (notice: IngestNotice) => void): Promise<IngestUid>;
  /** Queues files. Returns when they are queued; the notices say how they fare. */
  stageFiles(ingest: IngestUid, files: readonly StageRequest[]): Promise<void>;
  /** Takes up a halted ingest again, with its failed and waiting files. */
  resumeIngest(ingest: IngestUid): Promise<void>;
  /** Forgets files: waiting ones are not read, staged ones not logged. */
  unstageFiles(ingest: IngestUid, ids: readonly FileId[]): Promise<void>;
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

  /** One file as a Blob whose bytes were just checked against their digest [U4]. */
  getFile(project: string, name: string, number: VersionNumber, path: string): Promise<Blob>;
  /**
   * Serves a zip's bytes on `port` (see protocol/byte-stream.ts) and reports once it is fully read.
   * Each file is checked against its digest before its bytes go out [U4].
   */
  serveZip(
    job: JobId,
    request: DownloadRequest,
    port: MessagePort,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<DownloadReport>;
  /** Writes files below `folder` as `<project>/<name>_v<N>/…`, skipping what is already there [U2 U3]. */
  saveToFolder(
    job: JobId,
    request: DownloadRequest,
    folder: FileSystemDirectoryHandle,
    overwrite: boolean,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<DownloadReport>;
  cancelJob(job: JobId): Promise<void>;
}
