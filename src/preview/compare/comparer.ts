// The comparing half of the preview worker. What each way of comparing needs is loaded when it is first asked for.
import { CairnError } from "../../core/errors.ts";
import type { CompareApi } from "../../protocol/compare-api.ts";
import type { JobId } from "../../protocol/jobs.ts";
import type { TokenLine } from "../../protocol/preview-api.ts";
import { readSafely } from "../read-safely.ts";
import { waysToCompare } from "./ways.ts";

/** Makes the comparing half of the worker. */
export function createComparer(): CompareApi {
  const running = new Map<JobId, AbortController>();
  /** The newer text of each diff on screen, for unfolding. */
  const kept = new Map<JobId, readonly TokenLine[]>();
  /** Runs a comparison that can be cancelled. Throws `aborted` then. */
  const run = async <T>(
    job: JobId,
    path: string,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const abort = new AbortController();
    running.set(job, abort);
    try {
      const result = await readSafely(path, () => call(abort.signal));
      abort.signal.throwIfAborted();
      return result;
    } catch (error) {
      throw abort.signal.aborted ? new CairnError("aborted", {}, { cause: error }) : error;
    } finally {
      running.delete(job);
    }
  };
  return {
    waysToCompare: (before, after) => readSafely(after.path, () => waysToCompare(before, after)),
    diffText: (job, before, after, path) =>
      run(job, path, async (signal) => {
        const { diffText } = await import("./diff-text.ts");
        const { diff, newLines } = await diffText(before, after, path);
        if (!signal.aborted) kept.set(job, newLines);
        return diff;
      }),
    readSkipped: async (job, first, count) => {
      const lines = kept.get(job);
      if (lines === undefined) throw new CairnError("aborted", {});
      return lines.slice(first - 1, first - 1 + count);
    },
    diffTables: (job, before, after, path, onProgress) =>
      run(job, path, async (signal) => {
        const { diffTables } = await import("./diff-tables.ts");
        return diffTables(before, after, path, onProgress, signal);
      }),
    diffTensors: (job, before, after, onProgress) =>
      run(job, "one of the files", async (signal) => {
        const { diffTensors } = await import("./diff-tensors.ts");
        return diffTensors(before, after, onProgress, signal);
      }),
    cancelCompare: async (job) => {
      running.get(job)?.abort();
      kept.delete(job);
    },
  };
}
