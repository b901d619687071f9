// What the page and the store worker say to each other about downloads.
import type { Problem } from "../core/errors.ts";
import type { RenamedOnDisk, DiskLimits } from "../core/disk-path.ts";
import type { ProjectName, ArtifactName } from "../core/names.ts";
import type { CollectionName, RegistryName } from "../core/registry/records.ts";
import type { VersionNumber } from "../core/version.ts";
import type { VersionRef } from "../core/records.ts";
import type { JobId } from "./jobs.ts";

/** What to download: a version, whole or in part. */
export interface DownloadRequest {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  /** Logical paths, one that ends in a slash for everything in that folder; `null` for every file. */
  readonly paths: readonly string[] | null;
  readonly limits: DiskLimits;
  /** The collection's version it was found through: then it takes the right to use that, and lies in its folder [U2 P7]. */
  readonly via?: DownloadVia;
}

/** A collection's version, such as a `LinkPlace` names it. */
export interface DownloadVia {
  /** What the registry is called here. */
  readonly registry: RegistryName;
  readonly collection: CollectionName;
  readonly number: VersionNumber;
}

export interface DownloadProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** What has to come from elsewhere first. */
  readonly fetching?: Fetching;
}

/** Bytes on their way here; of a small file, those of all that lie in one file with it. */
export interface Fetching {
  /** Where they come from, such as `the dataset ada/models`. */
  readonly from: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** How a download ended, file by file where something was not plain. */
export interface DownloadReport {
  readonly written: number;
  readonly writtenBytes: number;
  /** Already there with the same content [U3]. */
  readonly skipped: number;
  /** There with other content and left alone [U3]. */
  readonly differing: readonly string[];
  /** Written under another path than their own [F2]. */
  readonly renamed: readonly RenamedOnDisk[];
  /** Missing, corrupt or refused by the disk [U4]. */
  readonly failed: readonly { readonly path: string; readonly problem: Problem }[];
  /** Left out because their bytes are elsewhere [M4]. */
  readonly references: readonly { readonly path: string; readonly uri: string }[];
}

/** The reader of a byte stream asks for more, or gives up. */
export type StreamRequest = "pull" | "cancel";
/** The writer's answer to one pull. */
export type StreamReply =
  | { readonly kind: "chunk"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "end" }
  | { readonly kind: "error"; readonly message: string };

/** Tells the service worker to answer `download/<id>` with the stream behind the port that comes along. */
export interface OfferDownload {
  readonly kind: "offer-download";
  readonly id: string;
  readonly fileName: string;
}

export interface DownloadApi {
  /**
   * One file as a Blob whose bytes were just checked against their digest [U4].
   *
   * @param via the link it was found through: throws `not_permitted` unless one may use that [P7]
   */
  getFile(
    project: string,
    name: string,
    number: VersionNumber,
    path: string,
    via?: DownloadVia,
  ): Promise<Blob>;
  /** As `getFile` for several files, in the order of the paths: those that lie together are read together. */
  getFiles(
    project: string,
    name: string,
    number: VersionNumber,
    paths: readonly string[],
    via?: DownloadVia,
  ): Promise<readonly Blob[]>;
  /**
   * One file as a Blob that is read as it is sliced: for looking into files of any size. Its bytes are
   * not checked first; one that is damaged on disk may fail to read, or show its damage.
   */
  peekFile(
    project: string,
    name: string,
    number: VersionNumber,
    path: string,
    via?: DownloadVia,
  ): Promise<Blob>;
  /** Brings a file's bytes here, unless they are. Throws as `getFile`, and `aborted`. */
  bringFile(
    job: JobId,
    version: VersionRef,
    path: string,
    onProgress: (fetching: Fetching) => void,
  ): Promise<void>;
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
  /** Writes files below `folder` as `<project>/<name>_v<N>/…`, or `<registry>/<collection>_v<N>/…`, skipping what is already there [U2 U3]. */
  saveToFolder(
    job: JobId,
    request: DownloadRequest,
    folder: FileSystemDirectoryHandle,
    overwrite: boolean,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<DownloadReport>;
  cancelJob(job: JobId): Promise<void>;
}
