// The first half of a round: what the remote says, taken in.
import type { RegistryUid } from "../core/registry/records.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/schema.ts";
import { withWrite } from "../store/transaction.ts";
import { pullProject } from "./pull-project.ts";
import { listLog, rebuildHead, type LoggedRound } from "./rebuild-from-log.ts";
import { isMissingRounds, readHead, type RemoteHead } from "./remote-head.ts";
import { forgetFiles } from "./remote-files.ts";
import { changeRemote, putRemoteFields } from "./remote-rows.ts";
import { invalidRemote, keepsBeingOld, readRow, remark, type Run } from "./round-run.ts";
import { seenOf } from "./seen.ts";
import { dropLost, keepApart, settleWon } from "./settle-round.ts";
import { pullRegistries } from "./sync-registries.ts";
import { takeIn } from "./take-in.ts";

export interface Pulled {
  readonly row: RemoteRecord;
  readonly head: RemoteHead;
  /** Registries that can't be put together with those here: they are left alone. */
  readonly problems: ReadonlyMap<RegistryUid, string>;
}

/** Older heads in a row after which it is asked whether the branch itself was set back. */
const MOST_STALE_READS = 5;

/** Reads the remote and takes in what is new there; `stale` where its head is older than it was. */
export async function pullRound(run: Run): Promise<Pulled | "stale"> {
  run.meter.step("checking", { files: 0, bytes: 0 });
  const found = await readHead(run);
  const settled = await settleWon(run, await readRow(run), found);
  const trusted = await trust(run, settled, found);
  if (trusted === "stale") return "stale";
  await dropLost(run, trusted.head);
  const apart = await keepApart(run, trusted.row, trusted.head);
  const { row, head } = await takeInAll(run, apart, trusted.head);
  if (head.commit === null || row.scope.registries.length === 0)
    return { row, head, problems: new Map() };
  await run.step("pull-registries");
  const { commit, index } = head;
  const { problems } = await pullRegistries(run.sync, row, run.hub, { commit, index }, run.signal);
  return { row, head, problems };
}

/** What can be gone by: the index, or the log where the index lacks rounds that happened. */
async function trust(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead } | "stale"> {
  if (!isMissingRounds(row, (device) => head.index.devices.get(device)?.rounds ?? 0)) {
    run.mood.staleReads = 0;
    return { row, head };
  }
  const log = head.commit === null ? [] : await listLog(run, head.commit);
  const isStale = isMissingRounds(row, (device) => countOf(log, device));
  if (!isStale && head.commit !== null) return rebuild(run, row, head, head.commit, log);
  run.mood.staleReads += 1;
  if (run.mood.staleReads < MOST_STALE_READS) return "stale";
  // A cache may give an old head for long. The list of branches comes from none.
  if ((await run.hub.branchHead(run.signal)) !== head.commit) throw keepsBeingOld(run.label);
  return { row: await forget(run, row, head), head };
}

function countOf(log: readonly LoggedRound[], device: LoggedRound["device"]): number {
  return log.filter((round) => round.device === device).length;
}

async function rebuild(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
  commit: CommitOid,
  log: readonly LoggedRound[],
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead }> {
  const rebuilt = await rebuildHead(run, head, commit, log);
  remark(run, "The index lacked rounds that its log has. It was made anew from the log.");
  // Rounds of this device that it gave up for lost may have happened.
  const mine = rebuilt.index.devices.get(row.device);
  const fields = { rounds: mine?.rounds ?? 0, lastRound: mine?.last ?? null };
  return { row: await changeRemote(run.sync.db, row.uid, fields), head: rebuilt };
}

/** Begins anew with a repository that was set back, or made again: it has nothing of what was agreed on. */
async function forget(run: Run, row: RemoteRecord, { index }: RemoteHead): Promise<RemoteRecord> {
  await run.step("forget");
  const next = row.pullOnly ? "It stays here." : "All of it is sent again.";
  remark(run, `What was synced here before isn't there any more. ${next}`);
  const mine = index.devices.get(row.device);
  const range = IDBKeyRange.bound([row.uid], [row.uid, []]);
  run.mood.staleReads = 0;
  return withWrite(
    run.sync.db,
    ["remotes", "syncBases", "remoteFiles", "pendingRounds", "uploads", "packs", "ingests"],
    async (tx) => {
      await tx.objectStore("syncBases").delete(range);
      await forgetFiles(tx, row.uid);
      await tx.objectStore("uploads").delete(range);
      await tx.objectStore("pendingRounds").delete(row.uid);
      return putRemoteFields(tx, row.uid, {
        rounds: mine?.rounds ?? 0,
        lastRound: mine?.last ?? null,
        seen: seenOf(index),
      });
    },
  );
}

/** Takes in the scope's projects, from the log where the snapshot is broken. */
async function takeInAll(
  run: Run,
  before: RemoteRecord,
  head: RemoteHead,
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead }> {
  const row = await noteSeen(run, before, head);
  if (head.commit === null) return { row, head };
  for (const scoped of row.scope.projects) {
    const pulled = await pullProject(run, head, scoped);
    if (pulled === "unchanged") continue;
    if (pulled !== "broken") {
      await takeIn(run, row, head.commit, pulled);
      continue;
    }
    if (head.rebuilt !== null)
      throw invalidRemote(run, `cairn/projects/${scoped.name}`, "its log doesn't tell of it");
    const log = await listLog(run, head.commit);
    const anew = await rebuild(run, row, head, head.commit, log);
    return takeInAll(run, anew.row, anew.head);
  }
  return { row, head };
}

/**
 * Writes down which rounds were seen, before anything is taken in: an older head that a cache gives
 * later must not pass for a newer one, or it would take things away.
 */
function noteSeen(
  run: Run,
  row: RemoteRecord,
  { commit, index }: RemoteHead,
): Promise<RemoteRecord> {
  return changeRemote(run.sync.db, row.uid, { commit, seq: index.seq, seen: seenOf(index) });
}
