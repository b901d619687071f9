// A connection to the store, wherever it is needed: in a page or in a worker.
import { CHANGES_CHANNEL, findChangeNotice, type ChangeNotice } from "../protocol/changes.ts";
import type { JobId } from "../protocol/jobs.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import { startStoreWorker } from "./store-worker.ts";
import { withJob } from "./with-job.ts";

export interface Connection {
  /** Calls that reject carry a CairnError. Callback arguments may be plain functions. */
  readonly store: StoreApi;
  /** Calls the listener for changes, from this context and others. Returns the way to stop. */
  onChange(listener: (notice: ChangeNotice) => void): () => void;
  /** Ends the workers: calls under way never settle, running runs become abandoned. */
  close(): void;
}

/** Starts the workers and opens the database. Throws as {@link startStoreWorker}. */
export async function connect(): Promise<Connection> {
  const { store, stop } = await startStoreWorker();
  const channel = new BroadcastChannel(CHANGES_CHANNEL);
  return {
    store,
    onChange(listener) {
      const listen = ({ data }: MessageEvent): void => {
        const notice = findChangeNotice(data);
        if (notice !== undefined) listener(notice);
      };
      channel.addEventListener("message", listen);
      return () => channel.removeEventListener("message", listen);
    },
    close() {
      channel.close();
      stop();
    },
  };
}

/** Ties a signal to a job of the store worker. */
export function asJob<T>(
  store: StoreApi,
  signal: AbortSignal | undefined,
  run: (job: JobId) => Promise<T>,
): Promise<T> {
  return withJob((job) => store.cancelJob(job), signal, run);
}
