// What a download request asks for, and the tally of how it goes.
import {
  downloadFolder,
  planDiskPaths,
  toWindowsName,
  type RenamedOnDisk,
} from "../../core/disk-path.ts";
import { CairnError, problemOf } from "../../core/errors.ts";
import { entryAt, isReference, rowOf, type FileEntry, type Manifest } from "../../core/manifest.ts";
import type { VersionUid } from "../../core/records.ts";
import { rowsUnder } from "../../core/manifest-tree.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadRequest,
  Fetching,
} from "../../protocol/downloads.ts";
import { getArtifact, getManifest, selectVersion } from "../../store/artifacts.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { checkVia } from "./via.ts";

/** A file of a version, and where it goes on disk. */
export interface SelectedFile {
  readonly entry: FileEntry;
  readonly diskPath: string;
}

export interface Selection {
  /** `<project>/<name>_v<N>`, or `<registry>/<collection>_v<N>` [U2]. */
  readonly folder: string;
  readonly files: readonly SelectedFile[];
  readonly renamed: readonly RenamedOnDisk[];
  /** Chosen, but their bytes are elsewhere [M4]. */
  readonly references: DownloadReport["references"];
  readonly loggedAt: Date;
  readonly version: VersionUid;
}

/** Resolves a request. Throws `not_found` for an unknown version or path; `not_permitted` [P7]. */
export async function selectFiles(ctx: Ctx, request: DownloadRequest): Promise<Selection> {
  const { project, name, number, via } = request;
  await checkVia(ctx, via);
  const { version, manifest } = await withRead(
    ctx.db,
    ["artifacts", "versions", "aliases", "manifests"],
    async (tx) => {
      const artifact = await getArtifact(tx, project, name);
      const found = await selectVersion(tx, artifact, { kind: "version", number });
      return { version: found, manifest: await getManifest(tx, found.digest) };
    },
  );
  const { diskPaths, renamed } = planDiskPaths(manifest.paths, request.limits);
  const rows = rowsOf(manifest, request.paths);
  const files: SelectedFile[] = [];
  const references: DownloadReport["references"][number][] = [];
  for (const row of rows) {
    const entry = entryAt(manifest, row);
    if (isReference(entry)) references.push({ path: entry.path, uri: entry.ref });
    else files.push({ entry, diskPath: diskPaths[row] ?? "" });
  }
  const chosen = new Set<string>(files.map(({ entry }) => entry.path));
  return {
    folder: downloadFolder(request)
      .split("/")
      .map((segment) => (request.limits.windowsNames ? toWindowsName(segment) : segment))
      .join("/"),
    files,
    renamed: renamed.filter(({ path }) => chosen.has(path)),
    references,
    loggedAt: new Date(version.createdAt),
    version: version.uid,
  };
}

/** The rows of paths; one that ends in a slash stands for all in that folder. Throws `not_found`. */
function rowsOf(manifest: Manifest, paths: readonly string[] | null): readonly number[] {
  const chosen = new Set<number>();
  for (const path of paths ?? [""]) {
    const isFolder = path === "" || path.endsWith("/");
    const single = isFolder ? -1 : rowOf(manifest, path);
    const [from, end] = isFolder ? rowsUnder(manifest, path) : [single, single + 1];
    if (from < 0 || (from === end && path !== ""))
      throw new CairnError("not_found", { what: isFolder ? "folder" : "file", name: path });
    for (let row = from; row < end; row++) chosen.add(row);
  }
  return [...chosen].toSorted((a, b) => a - b);
}

/** Counts what happens to each file, and reports progress at most ten times a second. */
export class Tally {
  private written = 0;
  private writtenBytes = 0;
  private skipped = 0;
  private bytesDone = 0;
  private readonly differing: string[] = [];
  private readonly failed: DownloadReport["failed"][number][] = [];
  private readonly bytesTotal: number;
  private toldAt = 0;
  /** Of the file that is being written. */
  private partBytes = 0;
  /** What the next file waits for. */
  private awaited: Fetching | null = null;
  private readonly selection: Selection;
  private readonly onProgress: (progress: DownloadProgress) => void;

  constructor(selection: Selection, onProgress: (progress: DownloadProgress) => void) {
    this.selection = selection;
    this.onProgress = onProgress;
    this.bytesTotal = selection.files.reduce((sum, { entry }) => sum + entry.size, 0);
  }

  countWritten(entry: FileEntry): void {
    this.written++;
    this.writtenBytes += entry.size;
    this.advance(entry.size);
  }
  countSkipped(entry: FileEntry): void {
    this.skipped++;
    this.advance(entry.size);
  }
  countDiffering(entry: FileEntry): void {
    this.differing.push(entry.path);
    this.advance(entry.size);
  }
  countFailed(entry: FileEntry, error: unknown): void {
    this.failed.push({ path: entry.path, problem: problemOf(error) });
    this.advance(entry.size);
  }

  get failures(): DownloadReport["failed"] {
    return this.failed;
  }

  report(): DownloadReport {
    const { written, writtenBytes, skipped, differing, failed } = this;
    const { renamed, references } = this.selection;
    return { written, writtenBytes, skipped, differing, failed, renamed, references };
  }

  /** Counts the bytes of a large file while they pass. */
  counting(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (piece, controller) => {
        this.partBytes += piece.byteLength;
        this.tell();
        controller.enqueue(piece);
      },
    });
  }

  /** Counts what has to come from elsewhere before the next file can be written. */
  readonly fetching = (fetching: Fetching): void => {
    this.awaited = fetching;
    this.tell();
  };

  private advance(bytes: number): void {
    this.bytesDone += bytes;
    this.partBytes = 0;
    this.awaited = null;
    this.tell();
  }

  private tell(): void {
    const filesDone = this.written + this.skipped + this.differing.length + this.failed.length;
    const filesTotal = this.selection.files.length;
    const at = performance.now();
    if (filesDone < filesTotal && at - this.toldAt < PROGRESS_INTERVAL_MS) return;
    this.toldAt = at;
    const bytesDone = this.bytesDone + this.partBytes;
    this.onProgress({
      filesDone,
      filesTotal,
      bytesDone,
      bytesTotal: this.bytesTotal,
      ...(this.awaited !== null && { fetching: this.awaited }),
    });
  }
}
