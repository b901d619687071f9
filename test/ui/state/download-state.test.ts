import { beforeEach, expect, it, vi } from "vitest";
import type { Cairn } from "../../../src/client/cairn.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { DownloadProgress, Fetching } from "../../../src/protocol/downloads.ts";
import type { VersionRef } from "../../../src/core/records.ts";
import { DownloadState } from "../../../src/ui/state/download-state.ts";
import { fakeStore } from "../../support/fake-store.ts";

const NET: VersionRef = { project: "digits" as never, name: "net" as never, number: 0 as never };
const FROM: Fetching = { from: "the dataset ada/models", doneBytes: 1, totalBytes: 2 };

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function deferred(): Deferred {
  let settle: Omit<Deferred, "promise"> | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  if (settle === undefined) throw new Error("promises begin at once");
  return { promise, ...settle };
}

let brought: Deferred;
let tell: (fetching: Fetching) => void;
let saved: string[];
let zip: (onProgress: (progress: DownloadProgress) => void) => void;
const onFetched = vi.fn<() => void>();
let download: DownloadState;

beforeEach(() => {
  onFetched.mockClear();
  brought = deferred();
  saved = [];
  zip = () => undefined;
  const cairn: Partial<Cairn> = {
    store: fakeStore({
      bringFile(_job, _version, _path, onProgress) {
        tell = onProgress;
        return brought.promise;
      },
      cancelJob: () => Promise.resolve(brought.reject(new CairnError("aborted", {}))),
    }),
    downloadFile: (_version, path) => Promise.resolve(void saved.push(path)),
    downloadZip(_request, { onProgress }) {
      zip(onProgress);
      return Promise.resolve({} as never);
    },
  };
  download = new DownloadState(cairn as Cairn, onFetched);
});

it("[U5] brings a file here before it is saved, and shows how far that is", async () => {
  const saving = download.file(NET, "a", true);
  tell(FROM);
  expect(download.running.value).toMatchObject({
    what: "file",
    progress: { bytesDone: 1, bytesTotal: 2, fetching: FROM },
  });
  expect(saved).toEqual([]);
  brought.resolve();
  await saving;
  expect([saved, download.running.value]).toEqual([["a"], null]);
  expect(onFetched).toHaveBeenCalledOnce();
});

it("goes over the same files once more, where some failed", async () => {
  const zips: unknown[] = [];
  zip = () => void zips.push(download.running.value?.version);
  await download.zip(NET, ["a"]);
  download.ended.value?.again();
  await expect.poll(() => download.ended.value).not.toBeNull();
  expect(zips).toEqual([NET, NET]);
});

it("saves what is here at once", async () => {
  await download.file(NET, "a");
  expect(saved).toEqual(["a"]);
  expect(onFetched).not.toHaveBeenCalled();
});

it("[U5] saves nothing after a cancel, which is no news, or a failure, which is", async () => {
  const cancelled = download.file(NET, "a", true);
  download.cancel();
  await cancelled;
  expect([saved, download.problem.value]).toEqual([[], null]);
  brought = deferred();
  const failed = download.file(NET, "a", true);
  brought.reject(new CairnError("remote_failed", { remote: "x", reason: "y" }));
  await failed;
  expect([saved, download.problem.value?.code]).toEqual([[], "remote_failed"]);
});

it("has the pages look again after a zip: what it fetched quickly was never told", async () => {
  zip = (onProgress) => onProgress({ filesDone: 0, filesTotal: 1, bytesDone: 0, bytesTotal: 2 });
  await download.zip(NET, null);
  expect(onFetched).toHaveBeenCalledOnce();
});
