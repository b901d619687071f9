// One commit sent to a remote, and what its answer means.
import { isCairnError, type CairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { CommitOid, CommitOp } from "../hub/hub.ts";
import { deviceName } from "./device-name.ts";
import type { RemoteHead } from "./remote-head.ts";
import { failureOf } from "./retry.ts";
import type { Run } from "./round-run.ts";

/** A commit that didn't get through, or of which nobody knows: all begins again with what the remote says then. */
export interface Lost {
  readonly lost: CairnError;
}

interface CommitToSend {
  readonly title: string;
  readonly ops: readonly CommitOp[];
  readonly head: Pick<RemoteHead, "commit">;
  /** Told when it surely didn't happen. */
  readonly onRefused: () => Promise<void>;
}

/** Sends a commit, once: after a lost answer it may have happened. */
export async function sendCommit(
  run: Run,
  { title, ops, head, onRefused }: CommitToSend,
): Promise<CommitOid | Lost> {
  await run.step("before-commit");
  run.meter.step("committing", { files: ops.length, bytes: 0 });
  const description = `From ${await deviceName(run.sync)}.`;
  try {
    const request = { title, description, ops, parent: head.commit };
    return await run.hub.commit(request, run.signal);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null || !isCairnError(error, "hub_failed")) throw error;
    if (isOpen(failure)) return { lost: error };
    await onRefused();
    throw error;
  }
}

/** Whether the head may be another one after such an answer. */
function isOpen(failure: HubFailure): boolean {
  return OPEN.has(failure);
}

const OPEN: ReadonlySet<HubFailure> = new Set([
  "changed",
  "offline",
  "timeout",
  "server",
  "busy",
  "odd_answer",
]);
