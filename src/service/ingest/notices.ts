// Gathers what happens in an ingest into at most ten notices a second.
import type { Problem } from "../../core/errors.ts";
import type { FileId, IngestNotice } from "../../protocol/ingest.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";

export interface Notices {
  staged(id: FileId): void;
  failed(id: FileId, problem: Problem): void;
  /** Something else in the snapshot changed. */
  changed(): void;
  /** Sends what is pending now. */
  flush(): void;
  /** Sends nothing any more. */
  close(): void;
}

/** Makes a sender; `snapshot` is taken when a notice goes out. */
export function createNotices(
  snapshot: () => Pick<IngestNotice, "active" | "doneBytes" | "halted">,
  send: (notice: IngestNotice) => void,
): Notices {
  let staged: FileId[] = [];
  let failed: { id: FileId; problem: Problem }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (closed) return;
    send({ staged, failed, ...snapshot() });
    staged = [];
    failed = [];
  }
  function schedule(): void {
    if (!closed) timer ??= setTimeout(flush, PROGRESS_INTERVAL_MS);
  }

  return {
    staged(id) {
      staged.push(id);
      schedule();
    },
    failed(id, problem) {
      failed.push({ id, problem });
      schedule();
    },
    changed: schedule,
    flush,
    close() {
      clearTimeout(timer);
      closed = true;
    },
  };
}
