// The measured arrangements, each over the files chosen in the page's input. Times are milliseconds.
import { proxy, wrap } from "comlink";
import { createBLAKE3 } from "hash-wasm";
import { deferred } from "../src/core/deferred.ts";
import { startStoreWorker } from "../src/client/store-worker.ts";
import type { HashApi } from "../src/protocol/hash-api.ts";
import type { StageRequest } from "../src/protocol/ingest.ts";
import { createHashPool, type HashPool } from "../src/service/hash-pool.ts";

const BATCH = 500;
/** Files below this are small: the service's own border. */
const SMALL_BYTES = 64 * 1024;
const GROUP_FILES = 256;

let pool: HashPool | undefined;

/** Hash workers as the store worker starts them, kept between arrangements. */
function hashPool(): HashPool {
  pool ??= createHashPool(
    Array.from({ length: Math.min(4, Math.max(2, navigator.hardwareConcurrency)) }, () => {
      const worker = wrap<HashApi>(
        new Worker(new URL("../workers/hash.worker.ts", import.meta.url), { type: "module" }),
      );
      return {
        hashBlob: (job, blob, onProgress) => worker.hashBlob(job, blob, proxy(onProgress)),
        sha256Blob: (job, blob) => worker.sha256Blob(job, blob),
        digestsOfBlob: (job, blob) => worker.digestsOfBlob(job, blob),
        readAndHash: (files) => worker.readAndHash(files),
        letGo: () => worker.letGo(),
        stop: (job) => worker.stop(job),
      };
    }),
  );
  return pool;
}

function chosen(): readonly File[] {
  return ["files", "folder"].flatMap((id) => {
    const input = document.getElementById(id);
    return input instanceof HTMLInputElement ? [...(input.files ?? [])] : [];
  });
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const signal = new AbortController().signal;

/** Hashes blobs in all workers: small ones in groups, as the service does. */
function hashAll(blobs: readonly Blob[]): Promise<unknown> {
  const small = blobs.filter(
    (blob): blob is File => blob.size < SMALL_BYTES && blob instanceof File,
  );
  const groups = Array.from({ length: Math.ceil(small.length / GROUP_FILES) }, (_, i) =>
    small.slice(i * GROUP_FILES, (i + 1) * GROUP_FILES),
  );
  return Promise.all([
    ...groups.map((group) =>
      hashPool().readAndHash(group.map((file) => ({ file, sizeBytes: file.size }))),
    ),
    ...blobs
      .filter((blob) => blob.size >= SMALL_BYTES)
      .map((blob) => hashPool().hashBlob(blob, () => undefined, signal)),
  ]);
}

function openBench(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("bytes");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("open failed"));
  });
}

function ended(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error("aborted"));
  });
}

function stored(db: IDBDatabase): Promise<Blob[]> {
  return new Promise((resolve, reject) => {
    const request = db.transaction("bytes").objectStore("bytes").getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("read failed"));
  });
}

async function drop(db: IDBDatabase): Promise<void> {
  db.close();
  indexedDB.deleteDatabase(db.name);
}

export const arrangements = {
  /** Starts workers and WASM, so that no arrangement pays for it. */
  async warm(): Promise<number> {
    return timed(() => hashAll([new Blob([new Uint8Array(SMALL_BYTES)])]));
  },
  /** (a) Read the chosen files and hash them. */
  hashFiles: (): Promise<number> => timed(() => hashAll(chosen())),
  /** (b) Put the chosen files into IndexedDB in one strict transaction, and (a') hash the stored copies. */
  async storeThenHashStored(): Promise<{ store: number; hashStored: number }> {
    const db = await openBench("bench-store");
    const store = await timed(() => {
      const tx = db.transaction("bytes", "readwrite", { durability: "strict" });
      chosen().forEach((file, i) => tx.objectStore("bytes").put(file, i));
      return ended(tx);
    });
    const copies = await stored(db);
    const hashStored = await timed(() => hashAll(copies));
    await drop(db);
    return { store, hashStored };
  },
  /** (c) The app's own ingest, from the drop to the committed version. */
  async ingest(): Promise<{ total: number; staged: number }> {
    const { store } = await startStoreWorker();
    const files = chosen();
    let staged = 0;
    const from = performance.now();
    const allStaged = deferred();
    const uid = await store.openIngest((notice) => {
      staged += notice.staged.length;
      if (notice.failed.length > 0 || notice.halted !== null)
        allStaged.reject(new Error(JSON.stringify(notice)));
      if (staged === files.length) allStaged.resolve();
    });
    const requests = files.map((file, id): StageRequest => {
      const path = file.webkitRelativePath || file.name;
      return { id, file, path, sizeBytes: file.size, modifiedMs: file.lastModified };
    });
    for (let i = 0; i < requests.length; i += BATCH)
      await store.stageFiles(uid, requests.slice(i, i + BATCH));
    await allStaged.promise;
    const stagedAt = performance.now() - from;
    const entries = {
      fileIds: Uint32Array.from(requests, ({ id }) => id),
      paths: requests.map(({ path }) => path),
    };
    const draft = {
      project: "bench",
      name: "bench",
      type: "dataset",
      description: "",
      metadata: "",
      aliases: [],
      run: "",
    };
    await store.commitDraft(uid, draft, entries);
    return { total: performance.now() - from, staged: stagedAt };
  },
  /** The arrangement most code has: slice 4 MiB, hash here, put the buffer. */
  async naive(): Promise<number> {
    const db = await openBench("bench-naive");
    const hasher = await createBLAKE3();
    const time = await timed(async () => {
      let key = 0;
      for (const file of chosen()) {
        hasher.init();
        for (let at = 0; at < file.size; at += 4 << 20) {
          const bytes = await file.slice(at, at + (4 << 20)).arrayBuffer();
          hasher.update(new Uint8Array(bytes));
          const tx = db.transaction("bytes", "readwrite");
          tx.objectStore("bytes").put(bytes, key++);
          await ended(tx);
        }
        hasher.digest();
      }
    });
    await drop(db);
    return time;
  },
};

declare global {
  interface Window {
    cairnBench: typeof arrangements;
  }
}
window.cairnBench = arrangements;
