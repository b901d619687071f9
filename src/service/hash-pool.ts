// Shares hash workers among callers: each worker does one thing at a time, in the order asked.
import type { Digest, Digests } from "../core/digest.ts";
import { newJobId, type JobId } from "../protocol/jobs.ts";
import type { HashApi, HashedGroup, SizedFile } from "../protocol/hash-api.ts";

export interface HashPool {
  /** Number of workers: how many calls make sense at once. */
  readonly size: number;
  /** BLAKE3 of a blob. Throws `aborted` when the signal says so. */
  hashBlob(
    blob: Blob,
    onProgress: (doneBytes: number) => void,
    signal: AbortSignal,
  ): Promise<Digest>;
  /** SHA-256 of a blob as 64 hex characters. Throws `aborted` when the signal says so. */
  sha256Blob(blob: Blob, signal: AbortSignal): Promise<string>;
  /** Both of a blob in one reading. Throws `aborted` when the signal says so. */
  digestsOfBlob(blob: Blob, signal: AbortSignal): Promise<Digests>;
  /** Has every worker give up what it is done with. */
  letGo(): Promise<void>;
  /** Reads small files together and hashes each. */
  readAndHash(files: readonly SizedFile[]): Promise<HashedGroup>;
}

/** Makes a pool over workers; each must be idle. */
export function createHashPool(workers: readonly HashApi[]): HashPool {
  const idle = [...workers];
  const waiting: ((worker: HashApi) => void)[] = [];

  async function withWorker<T>(task: (worker: HashApi) => Promise<T>): Promise<T> {
    const worker = idle.pop() ?? (await new Promise<HashApi>((resolve) => waiting.push(resolve)));
    try {
      return await task(worker);
    } finally {
      const next = waiting.shift();
      if (next === undefined) idle.push(worker);
      else next(worker);
    }
  }

  /** Runs a job on the next free worker, and stops it there when the signal says so. */
  function withJob<T>(
    signal: AbortSignal,
    task: (worker: HashApi, job: JobId) => Promise<T>,
  ): Promise<T> {
    return withWorker(async (worker) => {
      const job = newJobId();
      const stop = (): void => void worker.stop(job).catch(() => undefined);
      signal.throwIfAborted();
      signal.addEventListener("abort", stop, { once: true });
      try {
        return await task(worker, job);
      } finally {
        signal.removeEventListener("abort", stop);
      }
    });
  }

  return {
    size: workers.length,
    async letGo() {
      await Promise.all(workers.map((worker) => worker.letGo()));
    },
    readAndHash: (files) => withWorker((worker) => worker.readAndHash(files)),
    hashBlob: (blob, onProgress, signal) =>
      withJob(signal, (worker, job) => worker.hashBlob(job, blob, onProgress)),
    sha256Blob: (blob, signal) => withJob(signal, (worker, job) => worker.sha256Blob(job, blob)),
    digestsOfBlob: (blob, signal) =>
      withJob(signal, (worker, job) => worker.digestsOfBlob(job, blob)),
  };
}
