// One download at a time for a version: how far it is, and how it ended.
import { signal } from "@preact/signals";
import type { Cairn, DownloadOptions } from "../../client/cairn.ts";
import { bringFile } from "./bring-file.ts";
import type { VersionRef } from "../../core/records.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadVia,
  Fetching,
} from "../../protocol/downloads.ts";

export interface RunningDownload {
  /** `file`: one that is brought here first. */
  readonly what: "zip" | "folder" | "file";
  readonly version: VersionRef;
  readonly progress: DownloadProgress | null;
  readonly startedMs: number;
}

/** A finished folder download can be gone over again to replace what differs. */
export interface EndedDownload {
  readonly what: "zip" | "folder";
  readonly version: VersionRef;
  readonly report: DownloadReport;
  /** The same once more. */
  readonly again: () => void;
  readonly overwrite: (() => void) | null;
}

export class DownloadState {
  readonly running = signal<RunningDownload | null>(null);
  readonly ended = signal<EndedDownload | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly #cairn: Cairn;
  readonly #onFetched: () => void;
  #abort = new AbortController();

  /** @param onFetched called once bytes came here from elsewhere */
  constructor(cairn: Cairn, onFetched: () => void) {
    this.#cairn = cairn;
    this.#onFetched = onFetched;
  }

  /** Whether there is anything to show. */
  get isShown(): boolean {
    return [this.running, this.ended, this.problem].some(({ value }) => value !== null);
  }

  /**
   * Saves one file.
   *
   * @param isAway it isn't in this browser: then it is brought here first, and how far that is shows
   */
  async file(version: VersionRef, path: string, isAway = false): Promise<void> {
    if (isAway && this.running.value !== null) return;
    this.clear();
    await this.#guard(async () => {
      if (isAway) await this.#bring(version, path);
      await this.#cairn.downloadFile(version, path);
    });
  }

  /**
   * Saves files as a zip; `null` for all.
   *
   * @param via the collection's version it was found through, which names the zip
   */
  async zip(
    version: VersionRef,
    paths: readonly string[] | null,
    via?: DownloadVia,
  ): Promise<void> {
    await this.#run("zip", version, null, (options) =>
      this.#cairn.downloadZip({ ...version, paths, ...(via !== undefined && { via }) }, options),
    );
  }

  /** Asks for a folder and writes files below it. Call from a click. */
  async folder(version: VersionRef, paths: readonly string[] | null): Promise<void> {
    await this.#guard(async () => {
      const folder = await this.#cairn.pickFolder();
      if (folder !== null) await this.#save(version, paths, folder, false);
    });
  }

  cancel(): void {
    this.#abort.abort();
  }

  clear(): void {
    this.ended.value = null;
    this.problem.value = null;
  }

  async #bring(version: VersionRef, path: string): Promise<void> {
    const { store } = this.#cairn;
    this.#abort = new AbortController();
    const startedMs = performance.now();
    const show = (progress: DownloadProgress | null): void => {
      this.running.value = { what: "file", version, progress, startedMs };
    };
    show(null);
    const onFetch = (fetching: Fetching): void => {
      if (this.running.value === null) return;
      const { doneBytes: bytesDone, totalBytes: bytesTotal } = fetching;
      show({ filesDone: 0, filesTotal: 1, bytesDone, bytesTotal, fetching });
    };
    try {
      await bringFile(store, version, path, { signal: this.#abort.signal, onFetch });
    } finally {
      this.running.value = null;
      this.#onFetched();
    }
  }

  #save(
    version: VersionRef,
    paths: readonly string[] | null,
    folder: FileSystemDirectoryHandle,
    overwrite: boolean,
  ): Promise<void> {
    const again = (): void => void this.#save(version, paths, folder, true);
    return this.#run("folder", version, overwrite ? null : again, (options) =>
      this.#cairn.saveToFolder({ ...version, paths }, folder, overwrite, options),
    );
  }

  async #run(
    what: EndedDownload["what"],
    version: VersionRef,
    overwrite: (() => void) | null,
    start: (options: DownloadOptions) => Promise<DownloadReport>,
  ): Promise<void> {
    if (this.running.value !== null) return;
    this.clear();
    this.#abort = new AbortController();
    const startedMs = performance.now();
    this.running.value = { what, version, progress: null, startedMs };
    const onProgress = (progress: DownloadProgress): void => {
      if (this.running.value !== null) this.running.value = { what, version, progress, startedMs };
    };
    await this.#guard(async () => {
      const report = await start({ onProgress, signal: this.#abort.signal });
      const again = (): void => void this.#run(what, version, overwrite, start);
      this.ended.value = { what, version, report, again, overwrite };
    });
    this.running.value = null;
    // What is fetched quickly is never told as progress.
    this.#onFetched();
  }

  /** Shows what goes wrong; a cancel is no news. */
  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!isCairnError(error, "aborted")) this.problem.value = problemOf(error);
    }
  }
}
