// Shares hash workers among callers: each worker does one thing at a time, in the order asked.
import type { Digest } from "../core/digest.ts";
import { newJobId } from "../protocol/jobs.ts";
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

  return {
    size: workers.length,
    readAndHash: (files) => withWorker((worker) => worker.readAndHash(files)),
    hashBlob: (blob, onProgress, signal) =>
      withWorker(async (worker) => {
        const job = newJobId();
        const stop = (): void => void worker.stop(job).catch(() => undefined);
        signal.throwIfAborted();
        signal.addEventListener("abort", stop, { once: true });
        try {
          return await worker.hashBlob(job, blob, onProgress);
        } finally {
          signal.removeEventListener("abort", stop);
        }
      }),
  };
}
