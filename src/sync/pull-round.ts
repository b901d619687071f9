// The first half of a round: what the remote says, taken in.
import type { CairnError } from "../core/errors.ts";
import type { ProjectName } from "../core/names.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import type { SyncedProject } from "../core/sync/remote.ts";
import { differingFields } from "../core/sync/same.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withWrite } from "../store/transaction.ts";
import { mayLogHelp, noteProjectProblems } from "./project-problems.ts";
import { forgetProject, pullProject } from "./pull-project.ts";
import { listLog, rebuildHead, type LoggedRound } from "./rebuild-from-log.ts";
import { isMissingRounds, readHead, type RemoteHead } from "./remote-head.ts";
import { forgetFiles } from "./remote-files.ts";
import { changeRemote, putRemoteFields } from "./remote-rows.ts";
import { keepsBeingOld, readRow, remark, type Run } from "./round-run.ts";
import { seenOf } from "./seen.ts";
import { dropLost, keepApart, settleWon } from "./settle-round.ts";
import { pullRegistries } from "./sync-registries.ts";
import { takeIn } from "./take-in.ts";
import { isUnusable, whatIsWrong } from "./unusable.ts";

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
  const before = await readRow(run);
  // Whoever only pulls can't put the index right: what its log said at this commit is here.
  if (before.pullOnly && isReadFromLog(before, found))
    return { row: before, head: found, problems: before.problems ?? new Map() };
  const settled = await settleWon(run, before, found);
  const trusted = await trust(run, settled, found);
  if (trusted === "stale") return "stale";
  await dropLost(run, trusted.head);
  const apart = await keepApart(run, trusted.row, trusted.head);
  const { row, head } = await takeInAll(run, apart, trusted.head);
  const problems = await takeInRegistries(run, row, head);
  if (row.pullOnly && head.rebuilt !== null && head.commit !== null) {
    const { scope } = row;
    await changeRemote(run.sync.db, row.uid, { readFromLog: { commit: head.commit, scope } });
  }
  return { row, head, problems };
}

function isReadFromLog({ readFromLog, scope }: RemoteRecord, { commit }: RemoteHead): boolean {
  if (readFromLog === undefined || readFromLog.commit !== commit) return false;
  return differingFields(readFromLog.scope, scope, ["projects", "registries"]).length === 0;
}

async function takeInRegistries(
  run: Run,
  row: RemoteRecord,
  { commit, index }: RemoteHead,
): Promise<Pulled["problems"]> {
  if (commit === null || row.scope.registries.length === 0) return new Map();
  await run.step("pull-registries");
  const head = { commit, index };
  const { problems } = await pullRegistries(run.sync, row, run.hub, head, run.signal);
  return problems;
}

/** What can be gone by: the index, or the log where the index lacks rounds that happened, or can't be read. */
async function trust(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead } | "stale"> {
  const isMissing = isMissingRounds(row, (device) => head.index.devices.get(device)?.rounds ?? 0);
  if (!isMissing && head.unreadable === null) {
    run.mood.staleReads = 0;
    return { row, head };
  }
  const log = head.commit === null ? [] : await listLog(run, head.commit);
  const wrong = head.unreadable === null ? LACKS_ROUNDS : whatIsWrong(head.unreadable);
  // Whatever stands there, no Cairn wrote it.
  if (head.unreadable !== null && log.length === 0) throw head.unreadable;
  const isStale = isMissingRounds(row, (device) => countOf(log, device));
  if (!isStale && head.commit !== null) return rebuild(run, row, head, head.commit, log, wrong);
  run.mood.staleReads += 1;
  if (run.mood.staleReads < MOST_STALE_READS) return "stale";
  // A cache may give an old head for long. The list of branches comes from none.
  if ((await run.hub.branchHead(run.signal)) !== head.commit) throw keepsBeingOld(run.label);
  const forgotten = await forget(run, row, head);
  if (head.unreadable === null || head.commit === null) return { row: forgotten, head };
  return rebuild(run, forgotten, head, head.commit, log, wrong);
}

const LACKS_ROUNDS = "The index lacked rounds that its log has.";

function countOf(log: readonly LoggedRound[], device: LoggedRound["device"]): number {
  return log.filter((round) => round.device === device).length;
}

async function rebuild(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
  commit: CommitOid,
  log: readonly LoggedRound[],
  why: string,
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead }> {
  const rebuilt = await rebuildHead(run, head, commit, log);
  const at = `at commit ${commit.slice(0, 8)}`;
  remark(run, `${why} Index and snapshot were made anew from the log ${at}.`);
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

/** Takes in the scope's projects, from the log where the snapshot is broken. One that can't be stops no other. */
async function takeInAll(
  run: Run,
  before: RemoteRecord,
  head: RemoteHead,
): Promise<{ readonly row: RemoteRecord; readonly head: RemoteHead }> {
  const row = await noteSeen(run, before, head);
  if (head.commit === null) return { row, head };
  const problems = new Map<ProjectName, CairnError<"invalid_remote">>();
  for (const scoped of row.scope.projects) {
    const problem = await takeInOne(run, row, head, head.commit, scoped);
    if (problem === null) continue;
    if (mayLogHelp(run, row, head, scoped.name, problem)) {
      const log = await listLog(run, head.commit);
      const anew = await rebuild(run, row, head, head.commit, log, whatIsWrong(problem));
      return takeInAll(run, anew.row, anew.head);
    }
    problems.set(scoped.name, problem);
  }
  return { row: await noteProjectProblems(run, row, head, problems), head };
}

/** Takes in a project; answers what is wrong with it there. */
async function takeInOne(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
  commit: CommitOid,
  scoped: SyncedProject,
): Promise<CairnError<"invalid_remote"> | null> {
  try {
    const pulled = await pullProject(run, head, scoped);
    if (pulled === "gone") await forgetProject(run, row, scoped.name);
    else if (pulled !== "unchanged") await takeIn(run, row, commit, pulled);
    return null;
  } catch (error) {
    if (isUnusable(error)) return error;
    throw error;
  }
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
