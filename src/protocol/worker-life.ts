// Notices when a worker dies: Comlink alone would never settle the calls under way.
import { CairnError } from "../core/errors.ts";

/** What is known of a worker being alive. */
export interface WorkerLife {
  /** The call's own outcome, or `worker_lost` when the worker dies first: Comlink alone would never settle it. */
  guard<T>(call: Promise<T>): Promise<T>;
}

/** Watches a worker from its start. */
export function watchWorker(worker: Worker): WorkerLife {
  const pending = new Set<(reason: CairnError) => void>();
  let death: CairnError | undefined;
  const die = (reason: string): void => {
    death = new CairnError("worker_lost", { reason });
    for (const reject of pending) reject(death);
    pending.clear();
  };
  worker.addEventListener("error", (event) => die(event.message || "it could not be loaded"));
  worker.addEventListener("messageerror", () => die("a message could not be read"));
  return {
    guard: (call) =>
      new Promise((resolve, reject) => {
        if (death !== undefined) return reject(death);
        pending.add(reject);
        call.then(resolve, reject).finally(() => pending.delete(reject));
      }),
  };
}
