// Ties a signal to a long call of a worker.
import { CairnError } from "../core/errors.ts";
import { newJobId, type JobId } from "../protocol/jobs.ts";

/**
 * Runs a call under a job id of its own.
 *
 * @param cancel asks the worker to end the job; what becomes of that, the call tells
 * @throws CairnError `aborted` for a signal that is over already, and what the call throws
 */
export async function withJob<T>(
  cancel: (job: JobId) => Promise<void>,
  signal: AbortSignal | undefined,
  run: (job: JobId) => Promise<T>,
): Promise<T> {
  const job = newJobId();
  const stop = (): void => void cancel(job).catch(() => undefined);
  if (signal?.aborted === true) throw new CairnError("aborted", {});
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await run(job);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
