// Starts the store worker and speaks to it as if it were here.
import { wrap } from "comlink";
import { installErrorTransfer } from "../protocol/comlink-errors.ts";
import type { StoreApi } from "../protocol/store-api.ts";
import { watchWorker } from "../protocol/worker-life.ts";
import { booted } from "./boot.ts";
import { remoteApi } from "./remote-api.ts";

/** A running store worker. */
export interface StoreWorker {
  /** After a crash of the worker each call rejects with `worker_lost`. */
  readonly store: StoreApi;
  stop(): void;
}

/**
 * Starts the worker and waits until it is ready.
 *
 * @throws CairnError `storage_unavailable`, `storage_blocked`, `schema_too_new`, `worker_lost`
 */
export async function startStoreWorker(): Promise<StoreWorker> {
  installErrorTransfer();
  const worker = new Worker(new URL("../../workers/store.worker.ts", import.meta.url), {
    type: "module",
  });
  const life = watchWorker(worker);
  await life.guard(booted(worker));
  return { store: remoteApi(wrap<StoreApi>(worker), life), stop: () => worker.terminate() };
}
