// The head of a remote's branch, and the index that stands there.
import type { RemoteIndex } from "../core/sync/files.ts";
import type { DeviceId } from "../core/sync/shared.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { indexThere, type IndexThere } from "./read-index.ts";
import type { Rebuilt } from "./rebuild-from-log.ts";
import type { Run } from "./round-run.ts";

export interface RemoteHead {
  /** `null` while the branch has no commit. */
  readonly commit: CommitOid | null;
  readonly index: RemoteIndex;
  /** Nothing of Cairn is in it yet. */
  readonly isFirst: boolean;
  /** Whether the index lies in the file for long ones. */
  readonly isLarge: boolean;
  /** Why the index can't be read: an empty one stands in for it. */
  readonly unreadable: IndexThere["unreadable"];
  /** What the log says, where the index lacks some of it. */
  readonly rebuilt: Rebuilt | null;
}

const NO_INDEX: RemoteIndex = {
  seq: 0,
  devices: new Map(),
  projects: new Map(),
  registries: new Map(),
};

/** Reads both, of one commit. */
export async function readHead(run: Run): Promise<RemoteHead> {
  await run.step("read-head");
  const { commit, index, isLarge, unreadable } = await indexThere(
    run.hub,
    run.sync.hasher,
    run.signal,
  );
  const isFirst = index === null && unreadable === null;
  return { commit, index: index ?? NO_INDEX, isFirst, isLarge, unreadable, rebuilt: null };
}

/**
 * Devices of which this browser knows more rounds than `rounds` says. There are some where a cache gave an
 * older head, and where a hub let two devices commit at once.
 */
export function isMissingRounds(row: RemoteRecord, rounds: (device: DeviceId) => number): boolean {
  if (rounds(row.device) < row.rounds) return true;
  return [...(row.seen?.devices ?? [])].some(([device, seen]) => rounds(device) < seen.rounds);
}
