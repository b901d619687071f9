// What the parts of a round share while it runs.
import { CairnError } from "../core/errors.ts";
import type { VersionUid } from "../core/records.ts";
import type { SyncNote } from "../core/sync/ops.ts";
import { INLINE_PER_COMMIT_BYTES, POINTERS_PER_COMMIT } from "../core/sync/files.ts";
import { invalid } from "../core/sync/json-lines.ts";
import { labelOf, type RemoteUid } from "../core/sync/remote.ts";
import type { Hub } from "../hub/hub.ts";
import { withRead } from "../store/transaction.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { CommitLimits, SyncCtx } from "./context.ts";
import type { Sender } from "./head-start.ts";
import type { Meter } from "./meter.ts";
import { getRemoteRow } from "./remote-rows.ts";

/** Requests for small texts under way at once. */
export const READ_LANES = 6;

export interface Run {
  readonly sync: SyncCtx;
  readonly remote: RemoteUid;
  readonly hub: Hub;
  /** The repository for people. */
  readonly label: string;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  readonly mood: Mood;
  /** Throws `aborted` once the round is to end; tells tests where it is. */
  step(name: string): Promise<void>;
}

/** A round that has bytes to send. */
export interface SendingRun extends Run {
  readonly sender: Sender;
}

/** What the round did so far. */
export interface Tally {
  pulledVersions: number;
  pushedVersions: number;
  sentObjects: number;
  sentBytes: number;
  readonly notes: { readonly project: string; readonly note: SyncNote }[];
  readonly remarks: string[];
}

/** What one try of a round leaves to the next. */
export interface Mood {
  /** Versions whose bytes can't be had: they stay here. */
  readonly unsendable: Set<VersionUid>;
  /** How often numbers were asked for, of versions that need theirs before they come. */
  readonly promised: Map<VersionUid, number>;
  /** How much goes into one commit; less once the hub said it was too much. */
  limits: CommitLimits;
  /** How often the hub lacked bytes that it had said to have. */
  missingObjects: number;
  /** How often in a row the branch was older than it had been. */
  staleReads: number;
  /** Bytes were uploaded by a commit of their own: the next round takes that file away. */
  hasXetUploads: boolean;
}

const UPLOADED_PER_COMMIT_BYTES = 8 * 1024 ** 3;

export async function beginRun(
  sync: SyncCtx,
  remote: RemoteUid,
  meter: Meter,
  signal: AbortSignal,
): Promise<{ readonly run: Run; readonly row: RemoteRecord }> {
  const row = await readRow({ sync, remote });
  const run: Run = {
    sync,
    remote,
    hub: sync.openHub(row),
    label: labelOf(row),
    meter,
    signal,
    tally: {
      pulledVersions: 0,
      pushedVersions: 0,
      sentObjects: 0,
      sentBytes: 0,
      notes: [],
      remarks: [],
    },
    mood: {
      unsendable: new Set(),
      promised: new Map(),
      limits: {
        pointers: POINTERS_PER_COMMIT,
        inlineBytes: INLINE_PER_COMMIT_BYTES,
        uploadBytes: UPLOADED_PER_COMMIT_BYTES,
        ...sync.limits,
      },
      missingObjects: 0,
      staleReads: 0,
      hasXetUploads: false,
    },
    async step(name) {
      await sync.onStep?.(name);
      if (signal.aborted) throw new CairnError("aborted", {});
    },
  };
  return { run, row };
}

/** The remote's row as it is now. Throws `not_found`. */
export function readRow({ sync, remote }: Pick<Run, "sync" | "remote">): Promise<RemoteRecord> {
  return withRead(sync.db, ["remotes"], (tx) => getRemoteRow(tx, remote));
}

/** Adds a sentence for the log, once. */
export function remark({ tally }: Run, sentence: string): void {
  if (!tally.remarks.includes(sentence)) tally.remarks.push(sentence);
}

/** What a file of the remote that can't be used makes of the round. */
export function invalidRemote(
  { label: remote }: Run,
  path: string,
  reason: string,
  isNewer = false,
): CairnError {
  return invalid({ path, remote }, reason, isNewer);
}

/** The branch kept changing. */
export function tookUp(remote: string): CairnError {
  return new CairnError("hub_failed", { remote, kind: "changed", detail: "", requestId: null });
}

/** What is read of the branch kept being older than the branch. */
export function keepsBeingOld(remote: string): CairnError {
  const detail = "It shows an older state than before.";
  return new CairnError("hub_failed", { remote, kind: "odd_answer", detail, requestId: null });
}
