// One round with a remote: takes in what others did, puts what happened here behind it, in one commit [S2 S3].
import type { SyncNote } from "../core/sync/ops.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";

export interface RoundOutcome {
  /** Head of the branch that this browser agrees with now. */
  readonly commit: string | null;
  readonly pulledVersions: number;
  readonly pushedVersions: number;
  readonly sentObjects: number;
  readonly sentBytes: number;
  readonly notes: readonly { readonly project: string; readonly note: SyncNote }[];
}

/**
 * Runs a round to its end: until what is here and what is there are the same.
 *
 * @throws CairnError `hub_failed` with what to do about it left to the caller, `invalid_remote`, `aborted`,
 *   storage errors. Whatever happened, the next round goes on from there.
 */
export function runRound(
  sync: SyncCtx,
  remote: RemoteUid,
  meter: Meter,
  signal: AbortSignal,
): Promise<RoundOutcome> {
  throw new Error(`not yet ${sync.actor} ${remote} ${String(meter)} ${String(signal)}`);
}
