// The commit of a round: bytes first, then one commit that the head has to be waiting for [S2 S3].
import { differingFields } from "../core/sync/same.ts";
import type { PendingRound, RemoteRecord } from "../store/sync-records.ts";
import { withWrite } from "../store/transaction.ts";
import { checkAttributes, firstOps } from "./first-commit.ts";
import { clearAway } from "./clear-away.ts";
import { commitAhead } from "./commit-ahead.ts";
import { draftRound, type RoundContent } from "./draft-round.ts";
import type { RemoteHead } from "./remote-head.ts";
import { roundTitle } from "./round-title.ts";
import { readRow, type Run, type SendingRun } from "./round-run.ts";
import { seenOf } from "./seen.ts";
import { sendCommit, type Lost } from "./send-commit.ts";
import { agree, AGREED_STORES, attemptsOf } from "./settle-round.ts";
import type { UploadObject } from "./upload-object.ts";

/** Uploads and commits a round, and writes down that it happened. `more`: somebody changed what is to sync meanwhile. */
export async function commitRound(
  run: SendingRun,
  row: RemoteRecord,
  head: RemoteHead,
  content: RoundContent,
): Promise<"done" | "more" | Lost> {
  const drafted = await draftRound(run, row, head, content);
  const { draft, repairs, index } = drafted;
  const first = head.isFirst ? await firstOps(run, head) : [];
  const moved = [...draft.otherPaths, ...repairs.otherPaths];
  const cleared = await clearAway(run, head, content.changes, moved);
  await upload(run, [
    ...content.prepared.flatMap(({ objects }) => objects),
    ...draft.objects,
    ...repairs.objects,
  ]);
  if (!(await hasScopeOf(run, row))) return "more";
  const own = [...first, ...cleared, ...draft.ops];
  const ahead = await commitAhead(run, head, own, repairs.ops);
  if ("lost" in ahead) return ahead;
  const pending = { ...drafted.pending, parent: ahead.parent };
  await keepAttempt(run, pending);
  const ops = content.changes.flatMap((change) => change.ops);
  const commit = await sendCommit(run, {
    title: roundTitle(ops, content.registries.registries.size),
    ops: [...own, ...ahead.rest],
    head: { commit: ahead.parent },
    onRefused: () => dropAttempt(run, pending),
  });
  if (typeof commit === "object") return commit;
  await run.step("after-commit");
  const manifests = content.prepared.map(({ manifest }) => manifest);
  const at = run.sync.now();
  const fields = { commit, seq: index.seq, seen: seenOf(index) };
  await withWrite(run.sync.db, [...AGREED_STORES], (tx) =>
    agree(tx, row, pending, manifests, fields, at),
  );
  run.tally.pushedVersions += content.prepared.length;
  run.mood.hasXetUploads = false;
  // Their numbers are fixed now.
  for (const { plan } of content.changes) run.sync.notify({ kind: "changed", project: plan.name });
  if (head.isFirst) await checkAttributes(run);
  return "done";
}

/** Whether what is to sync is still what it was: sending bytes takes time, in which a person may say “never upload” [S1]. */
export async function hasScopeOf(run: Run, { scope }: RemoteRecord): Promise<boolean> {
  const now = await readRow(run);
  return differingFields(now.scope, scope, ["projects", "registries"]).length === 0;
}

/** Sends the bytes that the remote lacks, and counts them. */
export async function upload(run: SendingRun, objects: readonly UploadObject[]): Promise<void> {
  await run.step("upload");
  const { sender, tally } = run;
  const sent = await sender.send(objects);
  tally.sentObjects += sent.objects;
  tally.sentBytes += sent.bytes;
}

/** Attempts kept: each holds what its projects are after it. */
const MOST_ATTEMPTS = 4;

/** Writes an attempt down, before it is made. */
async function keepAttempt(run: Run, pending: PendingRound): Promise<void> {
  await run.step("before-attempt");
  await withWrite(run.sync.db, ["pendingRounds"], async (tx) => {
    const store = tx.objectStore("pendingRounds");
    const earlier = attemptsOf(await store.get(run.remote)).slice(0, MOST_ATTEMPTS - 1);
    await store.put({ ...pending, earlier });
  });
}

/** Forgets an attempt that surely didn't happen. */
async function dropAttempt(run: Run, { uid }: PendingRound): Promise<void> {
  await withWrite(run.sync.db, ["pendingRounds"], async (tx) => {
    const store = tx.objectStore("pendingRounds");
    const [last, ...earlier] = attemptsOf(await store.get(run.remote)).filter(
      (attempt) => attempt.uid !== uid,
    );
    if (last === undefined) await store.delete(run.remote);
    else await store.put({ ...last, earlier });
  });
}
