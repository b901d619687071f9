import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { PreviewWorker } from "../../../src/client/preview-worker.ts";
import type { Fetching } from "../../../src/protocol/downloads.ts";
import type { HexPreview, PreviewId } from "../../../src/protocol/preview-api.ts";
import { PreviewState } from "../../../src/ui/state/preview-state.ts";

const HEX: HexPreview = { kind: "hex", alternatives: [], notes: [] };

/** A worker whose answers come when the test says so. */
class FakeWorker {
  readonly opened: string[] = [];
  readonly closed: PreviewId[] = [];
  isStopped = false;
  hangs = false;

  asWorker(): PreviewWorker {
    const never = new Promise<never>(() => undefined);
    const api: Partial<PreviewWorker["api"]> = {
      openPreview: (_, __, path) => {
        this.opened.push(path);
        return this.hangs ? never : Promise.resolve(HEX);
      },
      closePreview: (id) => {
        this.closed.push(id);
        return Promise.resolve();
      },
      readBytes: () => (this.hangs ? never : Promise.resolve(new Uint8Array(1))),
      countRows: () => never,
    };
    return { api: api as PreviewWorker["api"], stop: () => (this.isStopped = true) };
  }
}

let workers: FakeWorker[];
let hangs: boolean;
/** Of the file that comes from elsewhere. */
let fetching: {
  readonly onFetch: (fetching: Fetching) => void;
  readonly resolve: (blob: Blob) => void;
};
let state: PreviewState;
beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  hangs = false;
  state = new PreviewState({
    peek: (path, signal, onFetch) =>
      path === "away"
        ? new Promise((resolve, reject) => {
            fetching = { onFetch, resolve };
            signal.addEventListener("abort", () => reject(new CairnError("aborted", {})));
          })
        : path === "lost"
          ? Promise.reject(new CairnError("blob_missing", { digest: "", path, lastKnown: null }))
          : Promise.resolve(new Blob([path])),
    startWorker: () => {
      const worker = new FakeWorker();
      worker.hangs = hangs;
      workers.push(worker);
      return worker.asWorker();
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const readOne = (): Promise<Uint8Array> => state.ask((api, id) => api.readBytes(id, 0, 1));

it("opens files one after the other in one worker, and closes the one before", async () => {
  await state.open("a");
  await state.open("b");
  expect(workers).toHaveLength(1);
  expect(workers[0]?.opened).toEqual(["a", "b"]);
  expect(workers[0]?.closed).toHaveLength(1);
  expect(state.shown.value).toMatchObject({ phase: "ready", preview: HEX });
});

it("starts no worker for a file whose bytes are not there", async () => {
  await state.open("lost");
  expect(state.shown.value).toMatchObject({ phase: "failed", problem: { code: "blob_missing" } });
  expect(workers).toHaveLength(0);
});

it("says after ten seconds that it still reads, and stops the worker when told to", async () => {
  hangs = true;
  const opening = state.open("slow");
  await vi.advanceTimersByTimeAsync(9_999);
  expect(state.isSlow.value).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(state.isSlow.value).toBe(true);
  state.stop();
  await opening;
  expect(state.shown.value.phase).toBe("stopped");
  expect(state.isSlow.value).toBe(false);
  expect(workers[0]?.isStopped).toBe(true);
});

it("leaves a hanging file for the next with a new worker", async () => {
  hangs = true;
  const opening = state.open("slow");
  await vi.advanceTimersByTimeAsync(0);
  hangs = false;
  await state.open("quick");
  await opening;
  expect(workers.map(({ isStopped }) => isStopped)).toEqual([true, false]);
  expect(state.shown.value).toMatchObject({ phase: "ready" });
});

it("shows only the newest of two files asked for at once", async () => {
  await Promise.all([state.open("a"), state.open("b")]);
  expect(workers.flatMap(({ opened }) => opened)).toEqual(["b"]);
});

it("after an interruption asks a new worker, which opens the file first", async () => {
  await state.open("a");
  const counting = state.askLong((api, id) => api.countRows(id, () => undefined));
  const ended = counting.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.isSlow.value).toBe(false);
  state.interrupt();
  expect(await ended).toMatchObject({ code: "aborted" });
  expect(await readOne()).toHaveLength(1);
  expect(workers.map(({ opened }) => opened)).toEqual([["a"], ["a"]]);
  expect(state.shown.value.phase).toBe("ready");
});

it("ends the worker when the pane is closed, and answers nothing more", async () => {
  await state.open("a");
  state.close();
  expect(workers[0]?.isStopped).toBe(true);
  await expect(readOne()).rejects.toMatchObject({ code: "aborted" });
  expect(workers).toHaveLength(1);
});

it("[U5] shows how far the bytes are that come from elsewhere, and stops them with the rest", async () => {
  const from = { from: "the dataset ada/models", doneBytes: 1, totalBytes: 2 };
  const opening = state.open("away");
  fetching.onFetch(from);
  expect(state.shown.value).toEqual({ phase: "fetching", fetching: from });
  fetching.resolve(new Blob(["x"]));
  await opening;
  expect(state.shown.value.phase).toBe("ready");

  const stopped = state.open("away");
  fetching.onFetch(from);
  state.stop();
  await stopped;
  fetching.onFetch(from);
  expect(state.shown.value.phase).toBe("stopped");

  const left = state.open("away");
  await state.open("near");
  await left;
  expect(state.shown.value.phase).toBe("ready");
});
