// Starts the layout worker and speaks to it as if it were here.
import { wrap } from "comlink";
import { installErrorTransfer } from "../protocol/comlink-errors.ts";
import type { LayoutApi } from "../protocol/layout-api.ts";
import { watchWorker } from "../protocol/worker-life.ts";
import { remoteApi } from "./remote-api.ts";

/** A running layout worker. */
export interface LayoutWorker {
  /** After a crash of the worker each call rejects with `worker_lost`. */
  readonly api: LayoutApi;
  stop(): void;
}

/** Starts the worker; what is asked before it is ready waits for it. */
export function startLayoutWorker(): LayoutWorker {
  installErrorTransfer();
  const worker = new Worker(new URL("../../workers/layout.worker.ts", import.meta.url), {
    type: "module",
  });
  const life = watchWorker(worker);
  return {
    api: remoteApi<LayoutApi>(wrap<LayoutApi>(worker), life),
    stop: () => worker.terminate(),
  };
}
