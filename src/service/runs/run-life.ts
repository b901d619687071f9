// Whether a running run's page is still there: it holds a lock that ends with it [R1].
import type { RunUid } from "../../core/records.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mutate } from "../journal.ts";
import { changeRun } from "./runs.ts";

export interface RunLife {
  /** Marks a run as alive in this context. */
  keep(uid: RunUid): void;
  /** It ended here. */
  end(uid: RunUid): void;
  /** Marks the running runs of this browser whose page went away as abandoned. */
  markAbandoned(): Promise<void>;
}

/** Makes the watch over the runs of one context. */
export function createRunLife(ctx: Ctx): RunLife {
  const releases = new Map<RunUid, Promise<() => void>>();

  function keep(uid: RunUid): void {
    // Another tab may hold it still, having started the run; then this one's turn comes after.
    if (!releases.has(uid)) releases.set(uid, ctx.locks.hold(runLock(uid)));
  }

  function end(uid: RunUid): void {
    void releases.get(uid)?.then((release) => release());
    releases.delete(uid);
  }

  async function markAbandoned(): Promise<void> {
    const running = await withRead(ctx.db, ["runs"], (tx) =>
      tx.objectStore("runs").index("byState").getAll("running"),
    );
    // Those of other devices live and end there.
    for (const { uid, project } of running.filter(({ by }) => by === undefined))
      await ctx.locks.tryWith(runLock(uid), () =>
        mutate(ctx, ["runs"], project, async (tx, journal) => {
          const run = await tx.objectStore("runs").get(uid);
          if (run?.state === "running") await changeRun(tx, run, "abandoned", journal);
        }),
      );
  }

  return { keep, end, markAbandoned };
}

function runLock(uid: RunUid): string {
  return `cairn-run-${uid}`;
}
