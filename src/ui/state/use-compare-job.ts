// Ties a comparison to a part of the page: it starts with it and ends with it.
import { useEffect, useRef, useState } from "preact/hooks";
import { CompareJob, type CompareCall, type CompareWorker } from "./compare-job.ts";

export interface RunningJob<T> {
  readonly job: CompareJob<T>;
  /** Starts it once more, after a cancel or a failure. */
  readonly again: () => void;
}

export function useCompareJob<T>(worker: CompareWorker, call: CompareCall<T>): RunningJob<T> {
  const [job] = useState(() => new CompareJob<T>(worker));
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    void job.run(latest.current);
    return () => job.close();
  }, [job]);
  return { job, again: () => void job.run(latest.current) };
}
