// Starts the sync worker and speaks to it as if it were here.
import { wrap } from "comlink";
import { installErrorTransfer } from "../protocol/comlink-errors.ts";
import type { SyncApi } from "../protocol/sync-api.ts";
import { watchWorker } from "../protocol/worker-life.ts";
import { booted } from "./boot.ts";
import { remoteApi } from "./remote-api.ts";

/** A running sync worker. */
export interface SyncWorker {
  /** After a crash of the worker each call rejects with `worker_lost`. */
  readonly api: SyncApi;
  /** Ends the worker, whatever it is at: calls under way never settle. */
  stop(): void;
}

/**
 * Starts the worker and waits until it is ready.
 *
 * @throws CairnError `storage_unavailable`, `storage_blocked`, `schema_too_new`, `worker_lost`
 */
export async function startSyncWorker(): Promise<SyncWorker> {
  installErrorTransfer();
  const worker = new Worker(new URL("../../workers/sync.worker.ts", import.meta.url), {
    type: "module",
  });
  const life = watchWorker(worker);
  try {
    await life.guard(booted(worker));
  } catch (error) {
    worker.terminate();
    throw error;
  }
  const api = remoteApi(wrap<SyncApi>(worker), life);
  const noteOnline = (): void => {
    // A worker that died is told of by the next call.
    api.noteOnline().catch(() => undefined);
  };
  addEventListener("online", noteOnline);
  return {
    api,
    stop() {
      removeEventListener("online", noteOnline);
      worker.terminate();
    },
  };
}
