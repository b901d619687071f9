// Remotes connected, changed in their scope, and disconnected.
import { CairnError } from "../core/errors.ts";
import { labelOf, type RemoteTarget, type RemoteUid, type SyncScope } from "../core/sync/remote.ts";
import type { DeviceId } from "../core/sync/shared.ts";
import type { Hub } from "../hub/hub.ts";
import type { ConnectRequest } from "../protocol/sync-api.ts";
import type { Database, StoreName } from "../store/schema.ts";
import type { RemoteRecord, RemoteSeen } from "../store/sync-records.ts";
import { withWrite, type WriteTx } from "../store/transaction.ts";
import { checkScope, checkTarget, refuseElsewhere } from "./check-target.ts";
import type { SyncCtx } from "./context.ts";
import { indexThere } from "./read-index.ts";
import { putRemoteFields } from "./remote-rows.ts";
import { seenOf } from "./seen.ts";

/**
 * Connects a repository, made first where that is wished and it isn't there. Nothing is synced yet.
 *
 * @throws CairnError `invalid_remote_name`, `invalid_name`, `synced_elsewhere`, `hub_failed`;
 *   `invalid_remote` where a newer Cairn syncs there
 */
export async function connectRemote(sync: SyncCtx, request: ConnectRequest): Promise<RemoteRecord> {
  const target = checkTarget(request.target);
  const scope = checkScope(request.scope);
  const rows = await sync.db.getAll("remotes");
  refuseTwice(rows, target);
  refuseElsewhere(rows, null, scope);
  const { signal } = new AbortController();
  const hub = sync.openHub(target);
  await findOrMake(hub, request.create, signal);
  // One that can't be read is made anew by the first round.
  const { index } = await indexThere(hub, sync.hasher, signal);
  const seen = index === null ? null : seenOf(index);
  const row = newRow(sync, target, { ...request, scope }, seen);
  await withWrite(sync.db, ["remotes"], async (tx) => {
    const store = tx.objectStore("remotes");
    const known = await store.getAll();
    refuseTwice(known, target);
    refuseElsewhere(known, null, scope);
    await store.put(row);
  });
  return row;
}

/** Throws `synced_elsewhere`, `invalid_name`, `not_found`. */
export async function setScope(sync: SyncCtx, remote: RemoteUid, wanted: SyncScope): Promise<void> {
  const scope = checkScope(wanted);
  await withWrite(sync.db, ["remotes"], async (tx) => {
    refuseElsewhere(await tx.objectStore("remotes").getAll(), remote, scope);
    await putRemoteFields(tx, remote, { scope });
  });
}

const ROWS_OF_REMOTE = [
  "remotes",
  "syncBases",
  "pendingRounds",
  "remoteFiles",
  "uploads",
  "syncLog",
] as const satisfies StoreName[];

/**
 * Forgets a remote with all that is known of it, in one transaction. What is here and there stays,
 * and so do the numbers that were agreed on.
 */
export async function forgetRemote(db: Database, remote: RemoteUid): Promise<void> {
  await withWrite(db, [...ROWS_OF_REMOTE], (tx) => deleteRows(tx, remote));
}

async function deleteRows(
  tx: WriteTx<(typeof ROWS_OF_REMOTE)[number]>,
  remote: RemoteUid,
): Promise<void> {
  const all = IDBKeyRange.bound([remote], [remote, []]);
  await tx.objectStore("remotes").delete(remote);
  await tx.objectStore("pendingRounds").delete(remote);
  await tx.objectStore("syncBases").delete(all);
  await tx.objectStore("remoteFiles").delete(all);
  await tx.objectStore("uploads").delete(all);
  const log = tx.objectStore("syncLog");
  for (const key of await log.index("byRemote").getAllKeys(remote)) await log.delete(key);
}

/** Throws `hub_failed`: also where it isn't there, and nobody wants it made. */
async function findOrMake(
  hub: Hub,
  create: ConnectRequest["create"],
  signal: AbortSignal,
): Promise<void> {
  if ((await hub.repoInfo(signal)).exists) return;
  if (create !== null) return hub.createRepo(create.isPrivate, signal);
  throw new CairnError("hub_failed", {
    remote: labelOf(hub.target),
    kind: "not_found",
    detail: "",
    requestId: null,
  });
}

/** The hub takes names in any letter case for the same. */
function refuseTwice(rows: readonly RemoteRecord[], { hubUrl, type, repo }: RemoteTarget): void {
  const isThere = rows.some(
    (row) =>
      row.hubUrl === hubUrl && row.type === type && row.repo.toLowerCase() === repo.toLowerCase(),
  );
  if (!isThere) return;
  const reason = "this browser is connected to it already";
  throw new CairnError("invalid_remote_name", { name: repo, reason });
}

function newRow(
  { newUid, now }: SyncCtx,
  target: RemoteTarget,
  { pullOnly, scope }: Pick<ConnectRequest, "pullOnly" | "scope">,
  seen: RemoteSeen | null,
): RemoteRecord {
  return {
    ...target,
    uid: newUid<"Remote">() as string as RemoteUid,
    // A fresh one: what this browser was for another remote, or was here before, is nobody's business.
    device: newUid<"Device">() as string as DeviceId,
    pullOnly,
    scope,
    connectedAt: now(),
    pausedAt: null,
    notBefore: null,
    rounds: 0,
    lastRound: null,
    syncedAt: null,
    commit: null,
    seq: 0,
    ...(seen !== null && { seen }),
  };
}
