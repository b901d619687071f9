// Starts the worker that measures, and lets a script call it.
import { wrap, type Remote } from "comlink";
import type { IndexBench } from "./index-bench-worker.ts";

declare global {
  interface Window {
    cairnIndexBench: Remote<IndexBench>;
  }
}
window.cairnIndexBench = wrap<IndexBench>(
  new Worker(new URL("./index-bench-worker.ts", import.meta.url), { type: "module" }),
);
