// Long calls under way, so that another message can cancel them.
import { CairnError } from "../core/errors.ts";
import type { JobId } from "../protocol/jobs.ts";

export interface Jobs {
  /** Runs a call that {@link Jobs.cancel} can abort. Throws `aborted` then. */
  run<T>(job: JobId, call: (abort: AbortController) => Promise<T>): Promise<T>;
  /** A call that has not begun yet ends as soon as it does. */
  cancel(job: JobId): void;
}

/** Cancels that came before their calls, or after; only the latest can still matter. */
const EARLY_CANCELS = 100;

/** Makes an empty list of jobs. */
export function createJobs(): Jobs {
  const running = new Map<JobId, AbortController>();
  const early = new Set<JobId>();
  return {
    async run(job, call) {
      if (early.delete(job)) throw new CairnError("aborted", {});
      const abort = new AbortController();
      running.set(job, abort);
      try {
        return await call(abort);
      } catch (error) {
        throw abort.signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
      } finally {
        running.delete(job);
      }
    },
    cancel(job) {
      const abort = running.get(job);
      if (abort !== undefined) return abort.abort();
      early.add(job);
      for (const oldest of early) {
        if (early.size <= EARLY_CANCELS) break;
        early.delete(oldest);
      }
    },
  };
}
