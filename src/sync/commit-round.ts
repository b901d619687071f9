// The commit of a round: bytes first, then one commit that the head has to be waiting for [S2 S3].
import { type CairnError, isCairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import { differingFields } from "../core/sync/same.ts";
import type { CommitOid, CommitOp } from "../hub/hub.ts";
import type { PendingRound, RemoteRecord } from "../store/schema.ts";
import { withWrite } from "../store/transaction.ts";
import { checkAttributes, firstOps } from "./first-commit.ts";
import { clearAway } from "./clear-away.ts";
import { deviceName } from "./device-name.ts";
import { draftRound, type RoundContent } from "./draft-round.ts";
import type { UploadObject } from "./prepare.ts";
import type { RemoteHead } from "./remote-head.ts";
import { failureOf } from "./retry.ts";
import { roundTitle } from "./round-title.ts";
import { readRow, type Run } from "./round-run.ts";
import { seenOf } from "./seen.ts";
import { agree, AGREED_STORES, attemptsOf } from "./settle-round.ts";
import { uploadObjects } from "./upload-objects.ts";

/** A commit that didn't get through, or of which nobody knows: all begins again with what the remote says then. */
export interface Lost {
  readonly lost: CairnError;
}

/** Uploads and commits a round, and writes down that it happened. `more`: somebody changed what is to sync meanwhile. */
export async function commitRound(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
  content: RoundContent,
): Promise<"done" | "more" | Lost> {
  const drafted = await draftRound(run, row, head, content);
  const { draft, index, pending } = drafted;
  const first = head.isFirst ? await firstOps(run, head) : [];
  const cleared = await clearAway(run, head, content.changes, draft.otherPaths);
  await upload(run, row, [...content.prepared.flatMap(({ objects }) => objects), ...draft.objects]);
  if (!(await hasScopeOf(run, row))) return "more";
  await keepAttempt(run, pending);
  const ops = content.changes.flatMap((change) => change.ops);
  const commit = await sendCommit(run, {
    title: roundTitle(ops, content.registries.registries.size),
    ops: [...first, ...cleared, ...draft.ops],
    head,
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
export async function upload(
  run: Run,
  row: RemoteRecord,
  objects: readonly UploadObject[],
): Promise<void> {
  await run.step("upload");
  const { sync, hub, meter, signal, tally } = run;
  const sent = await uploadObjects(sync, row, hub, objects, meter, signal);
  tally.sentObjects += sent.objects;
  tally.sentBytes += sent.bytes;
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
