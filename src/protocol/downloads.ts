// What the page and the store worker say to each other about downloads.
import type { Problem } from "../core/errors.ts";
import type { RenamedOnDisk, DiskLimits } from "../core/disk-path.ts";
import type { ProjectName, ArtifactName } from "../core/names.ts";
import type { VersionNumber } from "../core/version.ts";

/** What to download: a version, whole or in part. */
export interface DownloadRequest {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  /** Logical paths; `null` for every file. */
  readonly paths: readonly string[] | null;
  readonly limits: DiskLimits;
}

export interface DownloadProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
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
