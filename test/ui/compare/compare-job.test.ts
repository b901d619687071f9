import { expect, it } from "vitest";
import type { PreviewWorker } from "../../../src/client/preview-worker.ts";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { JobId } from "../../../src/protocol/jobs.ts";
import { CompareJob, CompareWorker } from "../../../src/ui/state/compare-job.ts";

interface FakeWorkers {
  readonly worker: CompareWorker;
  readonly cancelled: JobId[];
  started: number;
  stopped: number;
}

function fakeWorkers(): FakeWorkers {
  const cancelled: JobId[] = [];
  const workers: FakeWorkers = {
    cancelled,
    started: 0,
    stopped: 0,
    worker: new CompareWorker(() => {
      workers.started++;
      const api: Partial<PreviewWorker["api"]> = {
        cancelCompare: async (job) => {
          cancelled.push(job);
        },
      };
      return {
        api: api as PreviewWorker["api"],
        stop: () => {
          workers.stopped++;
        },
      };
    }),
  };
  return workers;
}

it("tells its progress, then what it came to", async () => {
  const { worker } = fakeWorkers();
  const answer = deferred<string>();
  const job = new CompareJob<string>(worker);
  const run = job.run((_api, _id, onProgress) => {
    onProgress(3, 10);
    return answer.promise;
  });
  expect(job.state.value).toEqual({ phase: "running", done: 3, total: 10 });
  answer.resolve("done");
  await run;
  expect(job.state.value).toMatchObject({ phase: "ready", value: "done" });
});

it("is cancelled at once, in the worker too, and its late answer is dropped", async () => {
  const { worker, cancelled } = fakeWorkers();
  const answer = deferred<string>();
  const job = new CompareJob<string>(worker);
  const run = job.run(() => answer.promise);
  job.cancel();
  expect(job.state.value).toEqual({ phase: "cancelled" });
  answer.resolve("late");
  await run;
  expect(job.state.value).toEqual({ phase: "cancelled" });
  expect(cancelled).toHaveLength(1);
});

it("drops the answer to what was asked before", async () => {
  const { worker, cancelled } = fakeWorkers();
  const first = deferred<string>();
  const job = new CompareJob<string>(worker);
  const early = job.run(() => first.promise);
  await job.run(async () => "second");
  first.resolve("first");
  await early;
  expect(job.state.value).toMatchObject({ phase: "ready", value: "second" });
  expect(cancelled).toHaveLength(1);
});

it("says what went wrong", async () => {
  const { worker } = fakeWorkers();
  const job = new CompareJob<string>(worker);
  await job.run(async () => {
    throw new CairnError("file_unreadable", { path: "a", reason: "its header is cut off" });
  });
  expect(job.state.value).toMatchObject({
    phase: "failed",
    problem: { code: "file_unreadable" },
  });
});

it("ends when the worker is stopped, and starts another when it is asked again", async () => {
  const workers = fakeWorkers();
  const job = new CompareJob<string>(workers.worker);
  const run = job.run(() => new Promise<never>(() => undefined));
  workers.worker.stop();
  await run;
  expect(job.state.value).toEqual({ phase: "cancelled" });
  await job.run(async () => "again");
  expect(job.state.value).toMatchObject({ phase: "ready", value: "again" });
  expect(workers).toMatchObject({ started: 2, stopped: 1 });
});

it("starts no worker to let go of a job once it is stopped, as when the page is left", async () => {
  const workers = fakeWorkers();
  const job = new CompareJob<string>(workers.worker);
  await job.run(async () => "done");
  workers.worker.stop();
  job.close();
  expect(workers).toMatchObject({ started: 1, stopped: 1, cancelled: [] });
});

it("starts another worker after one died", async () => {
  const workers = fakeWorkers();
  const job = new CompareJob<string>(workers.worker);
  await job.run(async () => {
    throw new CairnError("worker_lost", { reason: "it crashed" });
  });
  expect(job.state.value).toMatchObject({ phase: "failed", problem: { code: "worker_lost" } });
  await job.run(async () => "again");
  expect(workers).toMatchObject({ started: 2, stopped: 1 });
});
