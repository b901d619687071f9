// Brings one file's bytes here before somebody looks at it or saves it [U5].
import { withJob } from "../../client/with-job.ts";
import type { VersionRef } from "../../core/records.ts";
import type { Fetching } from "../../protocol/downloads.ts";
import type { StoreApi } from "../../protocol/store-api.ts";

interface BringOptions {
  readonly signal: AbortSignal;
  readonly onFetch: (fetching: Fetching) => void;
}

/** Throws as the store's `bringFile`; `aborted` once the signal says so. */
export function bringFile(
  store: Pick<StoreApi, "bringFile" | "cancelJob">,
  version: VersionRef,
  path: string,
  { signal, onFetch }: BringOptions,
): Promise<void> {
  return withJob(
    (job) => store.cancelJob(job),
    signal,
    (job) => store.bringFile(job, version, path, onFetch),
  );
}
