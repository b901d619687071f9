// A version written below a folder the person picked, leaving alone what is there [U2 U3 U4].
import { CairnError } from "../../core/errors.ts";
import { baseName } from "../../core/path.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadRequest,
} from "../../protocol/downloads.ts";
import type { FileEntry } from "../../core/manifest.ts";
import { withWrite } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Content } from "../care/content.ts";
import { createBlobSource } from "./blob-source.ts";
import { selectFiles, Tally, type Selection } from "./selection.ts";

/** What is at a file's place: nothing, the same content, or something else. */
type Present = "nothing" | "same" | "different";

/** Writes the requested files below `root`, one after another. */
export async function saveToFolder(
  ctx: Ctx,
  request: DownloadRequest,
  root: FileSystemDirectoryHandle,
  overwrite: boolean,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<DownloadReport> {
  const selection = await selectFiles(ctx, request);
  const tally = new Tally(selection, onProgress);
  const source = createBlobSource(ctx, tally.fetching);
  const folders = new FolderCache(root);
  for (const { entry, diskPath } of selection.files) {
    if (signal.aborted) throw new CairnError("aborted", {});
    try {
      const folder = await folders.open(`${selection.folder}/${diskPath}`.split("/").slice(0, -1));
      const name = baseName(diskPath);
      const present = await lookAt(ctx, folder, name, entry, signal);
      if (present === "same") tally.countSkipped(entry);
      else if (present === "different" && !overwrite) tally.countDiffering(entry);
      else {
        const content = await source.open(entry, signal);
        await write(folder, name, content, present === "different", tally, signal);
        tally.countWritten(entry);
      }
    } catch (error) {
      if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
      tally.countFailed(entry, diskError(error, entry.path));
    }
  }
  const report = tally.report();
  if (request.paths === null && isWhole(report)) await noteCopy(ctx, selection, root);
  return report;
}

/** Whether all is in the folder, written now or there before. */
function isWhole({ differing, failed }: DownloadReport): boolean {
  return differing.length === 0 && failed.length === 0;
}

/** Remembers where a copy of the version is. */
async function noteCopy(
  ctx: Ctx,
  { version }: Selection,
  { name: folder }: FileSystemDirectoryHandle,
): Promise<void> {
  await withWrite(ctx.db, ["folderCopies"], (tx) =>
    tx.objectStore("folderCopies").put({ version, folder, savedAt: ctx.now() }),
  );
}

/** Directory handles by path, so that a thousand files in a folder look it up once. */
class FolderCache {
  private readonly handles = new Map<string, Promise<FileSystemDirectoryHandle>>();

  constructor(root: FileSystemDirectoryHandle) {
    this.handles.set("", Promise.resolve(root));
  }

  open(segments: readonly string[]): Promise<FileSystemDirectoryHandle> {
    const path = segments.join("/");
    const known = this.handles.get(path);
    if (known !== undefined) return known;
    const name = segments.at(-1) ?? "";
    const handle = this.open(segments.slice(0, -1)).then((parent) =>
      parent.getDirectoryHandle(name, { create: true }),
    );
    this.handles.set(path, handle);
    return handle;
  }
}

/** Compares by size, then by digest [U3]. */
async function lookAt(
  ctx: Ctx,
  folder: FileSystemDirectoryHandle,
  name: string,
  entry: FileEntry,
  signal: AbortSignal,
): Promise<Present> {
  let file: File;
  try {
    file = await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return "nothing";
    throw error;
  }
  if (file.size !== entry.size) return "different";
  const digest = await ctx.pool.hashBlob(file, () => undefined, signal);
  return digest === entry.digest ? "same" : "different";
}

/** Writes beside the target and swaps at the end, so a broken write leaves what was there. */
async function write(
  folder: FileSystemDirectoryHandle,
  name: string,
  content: Content,
  wasThere: boolean,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    const writable = await handle.createWritable();
    if (content instanceof Blob)
      await content.stream().pipeThrough(tally.counting()).pipeTo(writable, { signal });
    else {
      await writable.write(content);
      await writable.close();
    }
  } catch (error) {
    // Asking for the handle has made an empty file.
    if (!wasThere) await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
}

function diskError(error: unknown, path: string): unknown {
  if (error instanceof CairnError) return error;
  if (error instanceof DOMException && error.name === "QuotaExceededError")
    return new CairnError("disk_refused", { path, reason: "the disk is full" }, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new CairnError("disk_refused", { path, reason }, { cause: error });
}
