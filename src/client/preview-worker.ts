// Starts the preview worker and speaks to it as if it were here.
import { wrap } from "comlink";
import type { CompareApi } from "../protocol/compare-api.ts";
import { installErrorTransfer } from "../protocol/comlink-errors.ts";
import type { PreviewApi } from "../protocol/preview-api.ts";
import { watchWorker } from "../protocol/worker-life.ts";
import { remoteApi } from "./remote-api.ts";

/** A running preview worker. */
export interface PreviewWorker {
  /** After a crash of the worker each call rejects with `worker_lost`. */
  readonly api: PreviewApi & CompareApi;
  /** Ends the worker, whatever it is at: calls under way never settle. */
  stop(): void;
}

/** Starts the worker; what is asked before it is ready waits for it. */
export function startPreviewWorker(): PreviewWorker {
  installErrorTransfer();
  const worker = new Worker(new URL("../../workers/preview.worker.ts", import.meta.url), {
    type: "module",
  });
  const life = watchWorker(worker);
  return {
    api: remoteApi(wrap<PreviewApi & CompareApi>(worker), life),
    stop: () => worker.terminate(),
  };
}
