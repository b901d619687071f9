// The page's handle on Cairn: the store worker, notices from other tabs, downloads, the browser's storage.
import type { ChangeNotice } from "../protocol/changes.ts";
import type { DownloadProgress, DownloadReport, DownloadRequest } from "../protocol/downloads.ts";
import type { VerifyReport, VerifyScope } from "../protocol/care-api.ts";
import type { Identified, IdentifyProgress } from "../protocol/find-api.ts";
import type { StageRequest } from "../protocol/ingest.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import type {
  EvictPlan,
  EvictScope,
  PublishRequest,
  Published,
  SyncApi,
  SyncNotice,
  SyncProgress,
} from "../protocol/sync-api.ts";
import type { RemoteTarget, RemoteUid } from "../core/sync/remote.ts";
import type { VersionRef } from "../core/records.ts";

/** For calls that take their time. */
export interface DownloadOptions {
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly signal: AbortSignal;
}

/** As {@link DownloadOptions}, for files to be identified. */
export interface IdentifyOptions {
  readonly onProgress: (progress: IdentifyProgress) => void;
  readonly signal: AbortSignal;
}

/** For long work of syncing. */
export interface SyncOptions {
  readonly onProgress: (progress: SyncProgress) => void;
  readonly signal: AbortSignal;
}

/** Syncing, in a worker of its own that starts with the first call. */
export interface SyncHandle {
  readonly api: Omit<SyncApi, "evict" | "fetchAll" | "publish" | "cancelSyncJob">;
  /** Calls the listener for what syncing does, in this tab and others. Returns the way to stop. */
  onNotice(listener: (notice: SyncNotice) => void): () => void;
  evict(scope: EvictScope, options: SyncOptions): Promise<EvictPlan>;
  fetchAll(scope: EvictScope, options: SyncOptions): Promise<void>;
  publish(remote: RemoteUid, request: PublishRequest, options: SyncOptions): Promise<Published>;
}

/** What the browser says about this site's storage. */
export interface StorageState {
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether the browser promised not to evict; `null` where it can't say. */
  readonly persisted: boolean | null;
}

export interface Cairn {
  /** Calls that reject carry a CairnError. Callback arguments may be plain functions. */
  readonly store: StoreApi;
  /** The browser deleted what was kept here since the last visit. */
  readonly dataWasLost: boolean;
  /** Calls the listener for commits and warnings, from this tab and others. Returns the way to stop. */
  onChange(listener: (notice: ChangeNotice) => void): () => void;
  /** Checks one file against its digest and hands it to the browser's downloads. */
  downloadFile(version: VersionRef, path: string): Promise<void>;
  /** Streams a zip of the version, or of some paths, to the browser's downloads. */
  downloadZip(
    request: Omit<DownloadRequest, "limits">,
    options: DownloadOptions,
  ): Promise<DownloadReport>;
  /** True where {@link Cairn.pickFolder} works (File System Access API). */
  readonly canSaveToFolder: boolean;
  /** Asks the person for a folder; `null` when they close the picker. Call from a click. */
  pickFolder(): Promise<FileSystemDirectoryHandle | null>;
  /** Writes files below a picked folder. Files there with other content are left unless `overwrite`. */
  saveToFolder(
    request: Omit<DownloadRequest, "limits">,
    folder: FileSystemDirectoryHandle,
    overwrite: boolean,
    options: DownloadOptions,
  ): Promise<DownloadReport>;
  /** Re-reads stored bytes and compares them with their digests. Rejects with `aborted` after a cancel. */
  verify(scope: VerifyScope, options: DownloadOptions): Promise<VerifyReport>;
  /**
   * Says which versions hold the bytes of files, storing nothing. Rejects with `aborted` after a cancel.
   *
   * @param places the most to answer for each file
   */
  identify(
    files: readonly StageRequest[],
    places: number,
    options: IdentifyOptions,
  ): Promise<readonly Identified[]>;
  readonly sync: SyncHandle;
  /** The repository that this page only shows; `null` for Cairn itself. */
  readonly shows: RemoteTarget | null;
  storageState(): Promise<StorageState>;
  /** Asks the browser to keep this site's data; `null` where it can't be asked. */
  askToPersist(): Promise<boolean | null>;
}
