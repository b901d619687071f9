// Starts the worker that measures, and lets a script call it.
import { wrap, type Remote } from "comlink";
import type { RegistryBench } from "./registry-bench-worker.ts";

declare global {
  interface Window {
    cairnRegistryBench: Remote<RegistryBench>;
  }
}
window.cairnRegistryBench = wrap<RegistryBench>(
  new Worker(new URL("./registry-bench-worker.ts", import.meta.url), { type: "module" }),
);
