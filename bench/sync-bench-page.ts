// One side of the sync bench in a page: files logged and synced by the app's workers, or uploaded by the library. Times are milliseconds.
import { uploadFiles } from "@huggingface/hub";
import type { Cairn } from "../src/client/cairn.ts";
import { openCairn } from "../src/client/open-cairn.ts";
import { deferred } from "../src/core/deferred.ts";
import type { ArtifactName, ProjectName } from "../src/core/names.ts";
import type { RemoteTarget, RemoteUid } from "../src/core/sync/remote.ts";
import type { StageRequest } from "../src/protocol/ingest.ts";

const PROJECT = "bench" as ProjectName;
const NAME = "bench" as ArtifactName;
const TOKEN = "hf_ada";
const BATCH = 500;

let cairn: Cairn;
let remote: RemoteUid;

function chosen(): readonly File[] {
  const input = document.getElementById("files");
  return input instanceof HTMLInputElement ? [...(input.files ?? [])] : [];
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const { signal } = new AbortController();

/** Runs a round, and waits until the remote's row says that it ended well. */
async function round(): Promise<void> {
  const { api, onNotice } = cairn.sync;
  const before = (await api.getRemote(remote)).syncedAt;
  const ended = deferred();
  const stop = onNotice((notice) => {
    if (notice.kind === "activity" && notice.activity.kind === "blocked")
      ended.reject(new Error(notice.activity.why));
    if (notice.kind !== "remotes-changed") return;
    void api.listRemotes().then(([row]) => {
      if (row !== undefined && row.syncedAt !== before) ended.resolve();
    }, ended.reject);
  });
  try {
    await api.syncNow(remote);
    await ended.promise;
  } finally {
    stop();
  }
}

const syncBench = {
  /** Starts the workers, and with a target connects it; else the one connected before is taken. */
  async open(hubUrl: string, target: RemoteTarget | null): Promise<void> {
    cairn = await openCairn();
    await cairn.sync.api.giveToken(hubUrl, { token: TOKEN, expiresAt: null }, false);
    const scope = { projects: [{ name: PROJECT, keepLocal: false, never: [] }], registries: [] };
    const request = { create: { isPrivate: false }, pullOnly: false, scope };
    if (target !== null) await cairn.sync.api.connectRemote({ target, ...request });
    const [row] = await cairn.sync.api.listRemotes();
    if (row === undefined) throw new Error("nothing is connected");
    remote = row.uid;
    // Only the rounds that are measured.
    await cairn.sync.api.pauseSync(remote);
  },
  /** Logs the chosen files as the next version. */
  async log(): Promise<void> {
    const { store } = await openCairn();
    const requests = chosen().map((file, id): StageRequest => ({
      id,
      file,
      path: file.name,
      sizeBytes: file.size,
      modifiedMs: file.lastModified,
    }));
    const allStaged = deferred();
    let staged = 0;
    const uid = await store.openIngest((notice) => {
      staged += notice.staged.length;
      if (notice.failed.length > 0 || notice.halted !== null)
        allStaged.reject(new Error(JSON.stringify(notice)));
      if (staged === requests.length) allStaged.resolve();
    });
    for (let i = 0; i < requests.length; i += BATCH)
      await store.stageFiles(uid, requests.slice(i, i + BATCH));
    await allStaged.promise;
    const entries = {
      fileIds: Uint32Array.from(requests, ({ id }) => id),
      paths: requests.map(({ path }) => path),
    };
    const draft = {
      project: PROJECT,
      name: NAME,
      type: "dataset",
      description: "",
      metadata: "",
      aliases: [],
      run: "",
    };
    await store.commitDraft(uid, draft, entries);
  },
  sync: (): Promise<number> => timed(round),
  fetchAll: (): Promise<number> =>
    timed(() =>
      cairn.sync.fetchAll(
        { kind: "project", project: PROJECT },
        { onProgress: () => undefined, signal },
      ),
    ),
  /** The library's way to bring the chosen files into a folder of a repository. */
  upload: (hubUrl: string, repo: string): Promise<number> =>
    timed(() =>
      uploadFiles({
        repo: { type: "dataset", name: repo },
        accessToken: TOKEN,
        hubUrl,
        useXet: false,
        useWebWorkers: true,
        files: chosen().map((file) => ({ path: `files/${file.name}`, content: file })),
      }),
    ),
};

declare global {
  interface Window {
    cairnSyncBench: typeof syncBench;
  }
}
window.cairnSyncBench = syncBench;
