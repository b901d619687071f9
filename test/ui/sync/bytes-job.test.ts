import { expect, it, vi } from "vitest";
import type { Cairn, SyncOptions } from "../../../src/client/cairn.ts";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { EvictPlan, EvictScope } from "../../../src/protocol/sync-api.ts";
import { BytesJob, bytesJobOf } from "../../../src/ui/state/bytes-job.ts";
import { hasBytesToTell } from "../../../src/ui/state/moving-bytes.ts";
import { fakeSync } from "../../support/fake-sync.ts";
import { progressOf } from "../../support/sync-views.ts";

const SCOPE: EvictScope = { kind: "project", project: "digits" };
const PLAN: EvictPlan = { freedBytes: 10, files: 1, kept: [] };

/** A job that ends when told to. */
function setUp() {
  const calls: SyncOptions[] = [];
  const end = deferred<EvictPlan>();
  const take = (_scope: EvictScope, options: SyncOptions): Promise<EvictPlan> => {
    calls.push(options);
    return end.promise;
  };
  const onMoved = vi.fn<() => void>();
  const mover = {
    evict: take,
    fetchAll: async (scope: EvictScope, options: SyncOptions) => void (await take(scope, options)),
  };
  return { job: new BytesJob(mover, onMoved), calls, end, onMoved };
}

it("shows how far it is, one at a time, and answers what was freed", async () => {
  const { job, calls, end, onMoved } = setUp();
  const done = job.evict(SCOPE);
  expect(job.running.value).toEqual({ kind: "evict", scope: SCOPE, progress: null });
  expect(await job.fetch(SCOPE)).toBe(false);
  expect(calls).toHaveLength(1);
  const progress = progressOf({ doneFiles: 1, totalFiles: 2 });
  calls[0]?.onProgress(progress);
  expect(job.running.value?.progress).toEqual(progress);
  expect(onMoved).not.toHaveBeenCalled();
  end.resolve(PLAN);
  expect(await done).toEqual(PLAN);
  expect(onMoved).toHaveBeenCalledOnce();
  expect(job.running.value).toBeNull();
  calls[0]?.onProgress(progress);
  expect(job.running.value).toBeNull();
});

it("is silent about a cancel, and says what else went wrong", async () => {
  const first = setUp();
  const cancelled = first.job.fetch(SCOPE);
  first.job.cancel();
  expect(first.calls[0]?.signal.aborted).toBe(true);
  first.end.reject(new CairnError("aborted", {}));
  expect(await cancelled).toBe(false);
  expect(first.job.failed.value).toBeNull();

  const second = setUp();
  const failed = second.job.evict(SCOPE);
  second.end.reject(new CairnError("only_copy", { name: "cnn:v1" }));
  expect(await failed).toBeNull();
  expect(second.onMoved).toHaveBeenCalledOnce();
  expect(second.job.failed.value).toMatchObject({ kind: "evict", problem: { code: "only_copy" } });
  second.job.clear();
  expect(second.job.failed.value).toBeNull();
});

it("is one for the app, whichever page asks, and has the pages look again", async () => {
  const cairn = { sync: fakeSync({}, { fetchAll: () => Promise.resolve() }) } as unknown as Cairn;
  const app = { cairn, bytesMoved: vi.fn<() => void>() };
  expect(bytesJobOf(app)).toBe(bytesJobOf(app));
  const fetched = bytesJobOf(app).fetch(SCOPE);
  expect(hasBytesToTell()).toBe(true);
  expect(await fetched).toBe(true);
  expect(hasBytesToTell()).toBe(false);
  expect(app.bytesMoved).toHaveBeenCalledOnce();
});
