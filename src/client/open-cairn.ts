// Opens Cairn in a page.
import { downloadFolder } from "../core/disk-path.ts";
import { CairnError } from "../core/errors.ts";
import { baseName } from "../core/path.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import type { Cairn, SyncHandle } from "./cairn.ts";
import { asJob, connect } from "./connect.ts";
import { diskLimits } from "./disk-limits.ts";
import { markHasData, takeLossMark } from "./eviction-marker.ts";
import { saveBlob, saveStream } from "./save-stream.ts";
import { askToPersist, storageState } from "./storage.ts";
import { createSyncHandle } from "./sync-handle.ts";
import { tabStorage, TOKENS_KEY } from "./tab-storage.ts";

/** Starts the workers and opens the database. Throws as {@link connect}. */
export async function openCairn(): Promise<Cairn> {
  const { store, onChange } = await connect();
  const shows = await shownRepository(store);
  const sync = await openSync(store, shows);
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
    sync,
    shows,
    storageState,
    askToPersist,
  };
}

/** The repository this page only shows, with the store told so; `null` for Cairn itself. */
async function shownRepository(store: StoreApi): Promise<RemoteTarget | null> {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="cairn-view"]');
  if (meta === null) return null;
  const shown = (await import("../core/sync/view.ts")).readView(meta.content);
  if (shown !== null) await store.showOnly(shown);
  return shown;
}

/** Not while the page starts. */
const SYNC_DELAY_MS = 4_000;

/** Syncing: of its code a page that syncs nothing loads next to nothing, and late. */
async function openSync(store: StoreApi, shows: RemoteTarget | null): Promise<SyncHandle> {
  const load = () => import("./open-sync.ts");
  const sync = createSyncHandle(async () => (await load()).openSync(store, shows));
  // What is previewed now may have to be fetched.
  if (tabStorage().getItem(TOKENS_KEY) !== null) await (await load()).tellTokens(store);
  const start = async (): Promise<void> => (await load()).startSyncing(store, sync);
  const report = (error: unknown): void => console.error("syncing did not start", error);
  setTimeout(() => void start().catch(report), SYNC_DELAY_MS);
  return sync;
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
