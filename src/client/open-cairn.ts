// Opens Cairn in a page.
import { downloadFolder } from "../core/disk-path.ts";
import { CairnError } from "../core/errors.ts";
import { baseName } from "../core/path.ts";
import type { Cairn } from "./cairn.ts";
import { asJob, connect } from "./connect.ts";
import { diskLimits } from "./disk-limits.ts";
import { markHasData, takeLossMark } from "./eviction-marker.ts";
import { saveBlob, saveStream } from "./save-stream.ts";
import { createSyncHandle } from "./sync-handle.ts";
import { askToPersist, storageState } from "./storage.ts";

/** Starts the workers and opens the database. Throws as {@link connect}. */
export async function openCairn(): Promise<Cairn> {
  const { store, onChange } = await connect();
  const limits = diskLimits();
  const dataWasLost = takeLossMark((await store.getStorage()).versions);
  onChange((notice) => {
    if (notice.kind === "changed") markHasData();
  });
  return {
    store,
    dataWasLost,
    onChange,
    async downloadFile({ project, name, number }, path) {
      saveBlob(await store.getFile(project, name, number, path), baseName(path));
    },
    async downloadZip(request, options) {
      const { port1, port2 } = new MessageChannel();
      const stop = new AbortController();
      options.signal.addEventListener("abort", () => stop.abort(), { once: true });
      const report = asJob(store, stop.signal, (job) =>
        store.serveZip(job, { ...request, limits }, port1, options.onProgress),
      );
      const folder = baseName(downloadFolder(request));
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
      asJob(store, options.signal, (job) =>
        store.saveToFolder(job, { ...request, limits }, folder, overwrite, options.onProgress),
      ),
    verify: (scope, options) =>
      asJob(store, options.signal, (job) => store.verify(job, scope, options.onProgress)),
    identify: (files, places, options) =>
      asJob(store, options.signal, (job) => store.identify(job, files, places, options.onProgress)),
    sync: createSyncHandle(store),
    shows: null,
    storageState,
    askToPersist,
  };
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
