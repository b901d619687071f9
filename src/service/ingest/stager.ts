// Works through all ingests' files, oldest ingest first, as many units at once as there are hash workers.
import { deferred, type Deferred } from "../../core/deferred.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import { isStorageFailure } from "../../store/storage-error.ts";
import type { StageRequest } from "../../protocol/ingest.ts";
import type { Ctx } from "../context.ts";
import { markFailed, type Ingest } from "./ingest.ts";
import { stageLarge } from "./stage-large.ts";
import { stageSmall } from "./stage-small.ts";
import type { Unit } from "./units.ts";

export interface Stager {
  /** Takes an ingest's files up, now or after those before it. */
  start(ingest: Ingest): void;
  /** Settles when nothing of the ingest is being worked on; what still waits may then be read off it. */
  settled(ingest: Ingest): Promise<void>;
  /** Stops writing in all ingests: the storage is full, and trying on could cost the database. */
  haltAll(problem: Problem): void;
  /** The person says that there is room again: this ingest may write, and new ones. */
  resume(ingest: Ingest): void;
  /** Forgets an ingest, and waits until none of its work is under way. */
  remove(ingest: Ingest): Promise<void>;
}

/** Makes a stager with no ingests. */
export function createStager(ctx: Ctx): Stager {
  const ingests: Ingest[] = [];
  const running = new Map<Ingest, number>();
  const waiters: { readonly isOver: () => boolean; readonly over: Deferred<void> }[] = [];
  let lanes = 0;
  let haltedBy: Problem | null = null;

  function start(ingest: Ingest): void {
    if (!ingests.includes(ingest)) ingests.push(ingest);
    // Files that come after a storage failure wait as well.
    halt(ingest);
    while (lanes < ctx.pool.size && hasWork()) {
      lanes++;
      void runLane();
    }
  }

  function hasWork(): boolean {
    return ingests.some((ingest) => ingest.halted === null && !ingest.waiting.isEmpty);
  }

  async function runLane(): Promise<void> {
    for (;;) {
      const ingest = ingests.find(
        (candidate) => candidate.halted === null && !candidate.waiting.isEmpty,
      );
      const unit = ingest?.waiting.take();
      if (ingest === undefined || unit === undefined) break;
      running.set(ingest, (running.get(ingest) ?? 0) + 1);
      await runUnit(ingest, unit);
      running.set(ingest, (running.get(ingest) ?? 1) - 1);
      wakeWaiters();
    }
    lanes--;
  }

  function isIdle(ingest: Ingest): boolean {
    return (running.get(ingest) ?? 0) === 0;
  }

  function waitUntil(isOver: () => boolean): Promise<void> {
    const over = deferred();
    waiters.push({ isOver, over });
    wakeWaiters();
    return over.promise;
  }

  function wakeWaiters(): void {
    for (const waiter of waiters.filter(({ isOver }) => isOver())) {
      waiters.splice(waiters.indexOf(waiter), 1);
      waiter.over.resolve();
    }
  }

  /** Never rejects: what goes wrong is marked on the files or halts the ingests. */
  async function runUnit(ingest: Ingest, unit: Unit): Promise<void> {
    const requests = unit.requests.filter((request) => !ingest.forgotten.has(request.id));
    try {
      if (unit.kind === "small") await stageSmall(ctx, ingest, requests);
      else await stageLarge(ctx, ingest, requests);
    } catch (error) {
      for (const { id } of requests) ingest.active.delete(id);
      if (ingest.abort.signal.aborted) return;
      const open = requests.filter(({ id }) => !ingest.staged.has(id) && !ingest.failed.has(id));
      if (isStorageFailure(error)) {
        ingest.waiting.add(open);
        haltAll(problemOf(error));
        if (isCairnError(error, "quota_exceeded")) ctx.notify({ kind: "storage-full" });
      } else failAll(ingest, open, problemOf(error));
    }
    if (ingest.waiting.isEmpty) ingest.notices.changed();
  }

  function failAll(ingest: Ingest, requests: readonly StageRequest[], problem: Problem): void {
    for (const request of requests) markFailed(ingest, request, problem);
  }

  function haltAll(problem: Problem): void {
    // With nothing under way here, the next draft may find out for itself, by one write.
    if (ingests.length > 0) haltedBy = problem;
    for (const ingest of ingests) halt(ingest);
  }

  /** Halts an ingest with anything left to write; one that is fully staged may still be committed. */
  function halt(ingest: Ingest): void {
    if (haltedBy === null || ingest.halted !== null) return;
    if (ingest.waiting.isEmpty && isIdle(ingest)) return;
    ingest.halted = haltedBy;
    ingest.notices.changed();
  }

  function resume(ingest: Ingest): void {
    haltedBy = null;
    ingest.halted = null;
    ingest.notices.changed();
  }

  return {
    start,
    resume,
    haltAll,
    settled: (ingest) =>
      waitUntil(() => isIdle(ingest) && (isStopped(ingest) || ingest.waiting.isEmpty)),
    async remove(ingest) {
      const at = ingests.indexOf(ingest);
      if (at >= 0) ingests.splice(at, 1);
      // Whoever starts anew after giving up has made room, or will be told again.
      if (ingests.length === 0) haltedBy = null;
      await waitUntil(() => isIdle(ingest));
      running.delete(ingest);
    },
  };
}

function isStopped(ingest: Ingest): boolean {
  return ingest.halted !== null || ingest.abort.signal.aborted;
}
