// Whether a round whose answer was lost happened: the index tells [S3].
import type { RemoteManifest } from "../core/sync/files.ts";
import type { DeviceId } from "../core/sync/shared.ts";
import { FIXED_STORES, markFixed } from "../service/sync/shared-state.ts";
import type { CommitOid } from "../hub/hub.ts";
import { inLanes } from "../service/care/lanes.ts";
import type { PendingRound, RemoteRecord } from "../store/sync-records.ts";
import { withRead, withWrite, type WriteTx } from "../store/transaction.ts";
import { putRemoteFiles } from "./remote-files.ts";
import type { RemoteHead } from "./remote-head.ts";
import { changeRemote, putRemoteFields } from "./remote-rows.ts";
import { findUsableManifest } from "./read-manifests.ts";
import { READ_LANES, remark, type Run } from "./round-run.ts";

export const AGREED_STORES = [
  ...FIXED_STORES,
  "pendingRounds",
  "remoteFiles",
  "remotes",
  "syncBases",
] as const;

/** Writes down that a round is in the index: what it brought there is agreed on from now on. */
export async function agree(
  tx: WriteTx<(typeof AGREED_STORES)[number]>,
  row: RemoteRecord,
  round: PendingRound,
  manifests: readonly RemoteManifest[],
  fields: Partial<RemoteRecord> & {
    readonly commit: CommitOid;
  },
  at: string,
): Promise<RemoteRecord> {
  for (const base of round.bases) {
    await tx.objectStore("syncBases").put(base);
    await markFixed(tx, base.state);
  }
  for (const manifest of manifests)
    await putRemoteFiles(tx, row.uid, manifest, { commit: fields.commit, seenAt: at });
  await tx.objectStore("pendingRounds").delete(row.uid);
  return putRemoteFields(tx, row.uid, {
    rounds: round.round,
    lastRound: round.uid,
    ...fields,
  });
}

/** Takes up the round that a crash or a lost answer left behind, if the index has it. */
export async function settleWon(
  run: Run,
  row: RemoteRecord,
  { commit, index }: RemoteHead,
): Promise<RemoteRecord> {
  const last = index.devices.get(row.device)?.last;
  const pending = await findPending(run);
  const won = attemptsOf(pending).find(({ uid }) => uid === last);
  if (won === undefined || commit === null) return row;
  await run.step("settle");
  const manifests: RemoteManifest[] = [];
  await inLanes(READ_LANES, won.pushed, async (version) => {
    const manifest = await findUsableManifest(run, commit, version);
    // Else somebody emptied it from the trash since, or broke it.
    if (manifest !== null) manifests.push(manifest);
  });
  return withWrite(run.sync.db, [...AGREED_STORES], (tx) =>
    agree(tx, row, won, manifests, { commit }, run.sync.now()),
  );
}

/** Forgets attempts that can't have happened: the branch is past the place they were for. */
export async function dropLost(run: Run, { commit }: RemoteHead): Promise<void> {
  if ((await findPending(run)) === undefined) return;
  await withWrite(run.sync.db, ["pendingRounds"], async (tx) => {
    const store = tx.objectStore("pendingRounds");
    const attempts = attemptsOf(await store.get(run.remote));
    const [open, ...earlier] = attempts.filter(({ parent }) => parent === commit);
    if (open === undefined) await store.delete(run.remote);
    else if (1 + earlier.length < attempts.length) await store.put({ ...open, earlier });
  });
}

/**
 * Takes another id where somebody else goes by this one's: the profile was copied, and both copies sync.
 * Their rounds would be counted as one device's.
 */
export async function keepApart(
  run: Run,
  row: RemoteRecord,
  { index }: RemoteHead,
): Promise<RemoteRecord> {
  const mine = index.devices.get(row.device);
  if (mine === undefined || mine.rounds < row.rounds) return row;
  if (mine.rounds === row.rounds && mine.last === row.lastRound) return row;
  remark(
    run,
    "Another browser syncs as this one, as after its profile was copied. This one goes on as a device of its own.",
  );
  return changeRemote(run.sync.db, row.uid, {
    device: run.sync.newUid<"Device">() as string as DeviceId,
    rounds: 0,
    lastRound: null,
  });
}

/** The attempts whose fate is open, the last one first. */
export function attemptsOf(pending: PendingRound | undefined): readonly PendingRound[] {
  return pending === undefined ? [] : [{ ...pending, earlier: [] }, ...pending.earlier];
}

function findPending({ sync, remote }: Run): Promise<PendingRound | undefined> {
  return withRead(sync.db, ["pendingRounds"], (tx) => tx.objectStore("pendingRounds").get(remote));
}
