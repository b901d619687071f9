// Rows of remotes: read, and changed without losing what another wrote meanwhile.
import { CairnError } from "../core/errors.ts";
import type { RemoteUid } from "../core/sync/remote.ts";
import type { Database } from "../store/schema.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead, withWrite, type ReadTx, type WriteTx } from "../store/transaction.ts";

/** A remote's row, in the caller's transaction. Throws `not_found`. */
export async function getRemoteRow(
  tx: ReadTx<"remotes">,
  remote: RemoteUid,
): Promise<RemoteRecord> {
  const row = await tx.objectStore("remotes").get(remote);
  if (row === undefined) throw new CairnError("not_found", { what: "remote", name: remote });
  return row;
}

/** A remote's row; `null` where there is none any more. */
export async function findRemote(db: Database, remote: RemoteUid): Promise<RemoteRecord | null> {
  return (await withRead(db, ["remotes"], (tx) => tx.objectStore("remotes").get(remote))) ?? null;
}

export function listRemoteRows(db: Database): Promise<readonly RemoteRecord[]> {
  return withRead(db, ["remotes"], (tx) => tx.objectStore("remotes").getAll());
}

/** Changes fields of a remote's row, and no others, in the caller's transaction. Throws `not_found`. */
export async function putRemoteFields(
  tx: WriteTx<"remotes">,
  remote: RemoteUid,
  fields: Partial<Omit<RemoteRecord, "uid">>,
): Promise<RemoteRecord> {
  const changed = { ...(await getRemoteRow(tx, remote)), ...fields };
  await tx.objectStore("remotes").put(changed);
  return changed;
}

/** As {@link putRemoteFields}, in a transaction of its own. */
export function changeRemote(
  db: Database,
  remote: RemoteUid,
  fields: Partial<Omit<RemoteRecord, "uid">>,
): Promise<RemoteRecord> {
  return withWrite(db, ["remotes"], (tx) => putRemoteFields(tx, remote, fields));
}
