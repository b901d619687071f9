// Opens Cairn in a page.
import { versionFolder, type DiskLimits } from "../core/disk-path.ts";
import { CairnError } from "../core/errors.ts";
import { baseName } from "../core/path.ts";
import { CHANGES_CHANNEL, findChangeNotice } from "../protocol/changes.ts";
import { newJobId } from "../protocol/jobs.ts";
import type { Cairn, DownloadOptions } from "./cairn.ts";
import { markHasData, takeLossMark } from "./eviction-marker.ts";
import { saveBlob, saveStream } from "./save-stream.ts";
import { askToPersist, storageState } from "./storage.ts";
import { startStoreWorker } from "./store-worker.ts";
import type { JobId } from "../protocol/jobs.ts";
import type { StoreApi } from "../protocol/store-api.ts";

/** Starts the workers and opens the database. Throws as {@link startStoreWorker}. */
export async function openCairn(): Promise<Cairn> {
  const store = await startStoreWorker();
  const channel = new BroadcastChannel(CHANGES_CHANNEL);
  const limits = diskLimits();
  const dataWasLost = takeLossMark((await store.getStorage()).versions);
  channel.addEventListener("message", ({ data }) => {
    if (findChangeNotice(data)?.kind === "changed") markHasData();
  });
  return {
    store,
    dataWasLost,
    onChange(listener) {
      const listen = ({ data }: MessageEvent): void => {
        const notice = findChangeNotice(data);
        if (notice !== undefined) listener(notice);
      };
      channel.addEventListener("message", listen);
      return () => channel.removeEventListener("message", listen);
    },
    async downloadFile({ project, name, number }, path) {
      saveBlob(await store.getFile(project, name, number, path), baseName(path));
    },
    async downloadZip(request, options) {
      const { port1, port2 } = new MessageChannel();
      const stop = new AbortController();
      options.signal.addEventListener("abort", () => stop.abort(), { once: true });
      const report = asJob(store, { ...options, signal: stop.signal }, (job) =>
        store.serveZip(job, { ...request, limits }, port1, options.onProgress),
      );
      const folder = baseName(versionFolder(request.project, request.name, request.number));
      try {
        await Promise.race([saveStream(port2, `${folder}.zip`, report), report]);
        return await report;
      } catch (error) {
        // Nobody reads the zip any more.
        stop.abort();
        throw options.signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
      }
    },
    canSaveToFolder: "showDirectoryPicker" in window,
    pickFolder,
    saveToFolder: (request, folder, overwrite, options) =>
      asJob(store, options, (job) =>
        store.saveToFolder(job, { ...request, limits }, folder, overwrite, options.onProgress),
      ),
    storageState,
    askToPersist,
  };
}

/** Ties a signal to a job of the store worker. */
async function asJob<T>(
  store: StoreApi,
  { signal }: DownloadOptions,
  run: (job: JobId) => Promise<T>,
): Promise<T> {
  const job = newJobId();
  const cancel = (): void => void store.cancelJob(job).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await run(job);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

declare global {
  interface Window {
    /** File System Access API; not in TypeScript's own declarations yet. */
    showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
  }
}

async function pickFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await window.showDirectoryPicker?.({ mode: "readwrite" })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    throw error;
  }
}

/** What the system's usual file systems can't hold; Linux ones hold everything. */
function diskLimits(): DiskLimits {
  const agent = navigator.userAgent;
  const windowsNames = agent.includes("Windows");
  return { windowsNames, foldsCase: windowsNames || agent.includes("Mac OS") };
}
