// One round with a remote: takes in what others did, puts what happened here behind it, in one commit [S2 S3].
import type { SyncNote } from "../core/sync/ops.ts";
import { labelOf, type RemoteUid } from "../core/sync/remote.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";
import { pullRound } from "./pull-round.ts";
import { pushRound } from "./push-round.ts";
import { changeRemote } from "./remote-rows.ts";
import { beginRun, tookUp, type Run } from "./round-run.ts";

export interface RoundOutcome {
  /** Head of the branch that this browser agrees with now. */
  readonly commit: string | null;
  readonly pulledVersions: number;
  readonly pushedVersions: number;
  readonly sentObjects: number;
  readonly sentBytes: number;
  readonly notes: readonly { readonly project: string; readonly note: SyncNote }[];
  /** What else a person should know, in a sentence each. */
  readonly remarks: readonly string[];
}

/** Each loser of a race lost to a device that got on; more than this is a storm, or a hub that is not well. */
const MOST_TRIES = 15;
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Runs a round to its end: until what is here and what is there are the same.
 *
 * @throws CairnError `hub_failed` with what to do about it left to the caller, `invalid_remote`, `aborted`,
 *   storage errors. Whatever happened, the next round goes on from there.
 */
export async function runRound(
  sync: SyncCtx,
  remote: RemoteUid,
  meter: Meter,
  signal: AbortSignal,
): Promise<RoundOutcome> {
  const { run, row } = await beginRun(sync, remote, meter, signal);
  for (let tries = 1; ;) {
    const end = await tryOnce(run);
    if (end.kind === "agreed") {
      await keepLocal(run, end.row);
      return { ...run.tally, commit: end.row.commit };
    }
    if (end.kind === "more") {
      tries = 1;
      continue;
    }
    if (tries === MOST_TRIES) throw end.why ?? tookUp(labelOf(row));
    const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (tries - 1));
    await sync.sleep(pause * (0.5 + sync.random()), signal);
    tries += 1;
  }
}

type TryEnd =
  | { readonly kind: "agreed"; readonly row: RemoteRecord }
  /** A part of it is done. */
  | { readonly kind: "more" }
  /** To be begun again with what the remote says then. */
  | { readonly kind: "again"; readonly why: unknown };

async function tryOnce(run: Run): Promise<TryEnd> {
  await run.step("begin");
  const pulled = await pullRound(run);
  if (pulled === "stale") return { kind: "again", why: null };
  const end = pulled.row.pullOnly ? "nothing" : await pushRound(run, pulled);
  if (end === "more") return { kind: "more" };
  if (typeof end === "object") return { kind: "again", why: end.lost };
  await run.step("before-end");
  const row = await changeRemote(run.sync.db, pulled.row.uid, { syncedAt: run.sync.now() });
  return { kind: "agreed", row };
}

/** Brings bytes here, of projects whose bytes shall all be here. */
async function keepLocal(run: Run, { scope }: RemoteRecord): Promise<void> {
  const projects = scope.projects.filter((project) => project.keepLocal);
  if (projects.length === 0) return;
  const { fetchAll } = await import("./fetch-all.ts");
  for (const { name } of projects)
    await fetchAll(run.sync, { kind: "project", project: name }, run.meter, run.signal);
}
