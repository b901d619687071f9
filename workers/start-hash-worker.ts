// A hash worker, for the workers that have something to hash.
import { proxy, wrap } from "comlink";
import type { HashApi } from "../src/protocol/hash-api.ts";
import { watchWorker } from "../src/protocol/worker-life.ts";

/** Starts one. What it is asked fails with `worker_lost` once it has stopped. */
export function startHashWorker(): HashApi {
  const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  const life = watchWorker(worker);
  const api = wrap<HashApi>(worker);
  return {
    hashBlob: (job, blob, onProgress) => life.guard(api.hashBlob(job, blob, proxy(onProgress))),
    sha256Blob: (job, blob) => life.guard(api.sha256Blob(job, blob)),
    digestsOfBlob: (job, blob) => life.guard(api.digestsOfBlob(job, blob)),
    readAndHash: (files) => life.guard(api.readAndHash(files)),
    letGo: () => life.guard(api.letGo()),
    stop: (job) => life.guard(api.stop(job)),
  };
}
