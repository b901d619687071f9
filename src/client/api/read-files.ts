// A version's files handed out: by path, as a zip, or into a folder.
import { filesOf as filesIn, type Manifest } from "../../core/manifest.ts";
import { CairnError } from "../../core/errors.ts";
import type { VersionRef } from "../../core/records.ts";
import { receiveStream } from "../../protocol/byte-stream.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadRequest,
  DownloadVia,
} from "../../protocol/downloads.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { asJob } from "../connect.ts";
import { diskLimits } from "../disk-limits.ts";

/** Which files; all of them when nothing is said. */
export interface Choice {
  /** Paths; one that ends in `/` stands for everything in that folder. */
  readonly paths?: readonly string[];
  /** Everything in this folder. */
  readonly prefix?: string;
}

interface Options extends Choice {
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/** What to read, and the link it was found through. */
interface Source {
  readonly ref: VersionRef;
  readonly manifest: Manifest;
  readonly via: DownloadVia | undefined;
}

/** Files asked of the store at once: enough to be read together, few enough to be cancelled. */
const BATCH = 200;

/** The chosen files by path. Throws `not_found`, `digest_mismatch`, `blob_missing`, `not_permitted`, `aborted`. */
export async function filesOf(
  store: StoreApi,
  { ref: { project, name, number }, manifest, via }: Source,
  options: Options,
): Promise<ReadonlyMap<string, Blob>> {
  const chosen = choose(manifest, pathsOf(options));
  const bytesTotal = chosen.reduce((sum, { size }) => sum + size, 0);
  const files = new Map<string, Blob>();
  let bytesDone = 0;
  for (let from = 0; from < chosen.length; from += BATCH) {
    if (options.signal?.aborted === true) throw new CairnError("aborted", {});
    const batch = chosen.slice(from, from + BATCH);
    const paths = batch.map(({ path }) => path);
    const blobs = await store.getFiles(project, name, number, paths, via);
    batch.forEach(({ path, size }, i) => {
      const blob = blobs[i];
      if (blob !== undefined) files.set(path, blob);
      bytesDone += size;
    });
    options.onProgress?.({
      filesDone: files.size,
      filesTotal: chosen.length,
      bytesDone,
      bytesTotal,
    });
  }
  return files;
}

/** Writes the chosen files below a folder. */
export function saveTo(
  store: StoreApi,
  source: Source,
  folder: FileSystemDirectoryHandle,
  options: Options & { readonly overwrite?: boolean },
): Promise<DownloadReport> {
  const { overwrite = false, onProgress = () => undefined } = options;
  return asJob(store, options.signal, (job) =>
    store.saveToFolder(job, requestOf(source, options), folder, overwrite, onProgress),
  );
}

/** The chosen files as a zip. Cancelling the stream ends its making. Throws `not_found`. */
export function zipOf(
  store: StoreApi,
  source: Source,
  options: Options,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  choose(source.manifest, pathsOf(options));
  const { port1, port2 } = new MessageChannel();
  const { onProgress = () => undefined } = options;
  const serving = asJob(store, options.signal, (job) =>
    store.serveZip(job, requestOf(source, options), port1, onProgress),
  );
  return failingWith(receiveStream(port2), serving);
}

/** The stream, failing as the work behind it does: a port carries no CairnError, and nothing at all when the work never began. */
function failingWith(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  work: Promise<unknown>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  return new ReadableStream(
    {
      start(controller) {
        work.catch((error: unknown) => controller.error(error));
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          await work;
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function requestOf({ ref, via }: Source, choice: Choice): DownloadRequest {
  const request = { ...ref, paths: pathsOf(choice), limits: diskLimits() };
  return via === undefined ? request : { ...request, via };
}

function pathsOf({ paths, prefix }: Choice): readonly string[] | null {
  const folder = prefix === undefined || prefix === "" ? [] : [`${prefix.replace(/\/+$/, "")}/`];
  return paths === undefined && folder.length === 0 ? null : [...(paths ?? []), ...folder];
}

/** The chosen files; references are left out. Throws `not_found` for a path that chooses nothing. */
function choose(
  manifest: Manifest,
  paths: readonly string[] | null,
): readonly { readonly path: string; readonly size: number }[] {
  const files = [...filesIn(manifest)];
  if (paths === null) return files;
  const exact = new Set(paths.filter((path) => !path.endsWith("/")));
  const folders = paths.filter((path) => path.endsWith("/"));
  const known = new Set<string>(manifest.paths);
  for (const name of exact)
    if (!known.has(name)) throw new CairnError("not_found", { what: "file", name });
  for (const name of folders)
    if (!manifest.paths.some((path) => path.startsWith(name)))
      throw new CairnError("not_found", { what: "folder", name });
  return files.filter(
    ({ path }) => exact.has(path) || folders.some((folder) => path.startsWith(folder)),
  );
}
