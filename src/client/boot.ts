// A worker's start as its page waits for it: ready, or why not.
import { CairnError, errorOf } from "../core/errors.ts";
import { findBootMessage } from "../protocol/boot.ts";

/** How long a worker may take to open the database. */
const BOOT_MS = 30_000;

/**
 * Waits until a worker that owns the database says it is ready.
 *
 * @throws CairnError `storage_unavailable`, `storage_blocked`, `schema_too_new`, `worker_lost`
 */
export function booted(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new CairnError("worker_lost", { reason: "it did not start in time" })),
      BOOT_MS,
    );
    worker.addEventListener("message", function listen({ data }) {
      const message = findBootMessage(data);
      if (message === undefined) return;
      clearTimeout(late);
      worker.removeEventListener("message", listen);
      if (message.kind === "ready") resolve();
      else reject(errorOf(message.problem));
    });
  });
}
