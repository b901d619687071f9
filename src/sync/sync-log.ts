// The log of a remote: the newest lines of what syncing did there.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { SyncLogRow } from "../protocol/sync-api.ts";
import type { Database } from "../store/schema.ts";
import type { SyncLogRecord } from "../store/sync-records.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";

/** Lines kept of each remote. */
export const LOG_ROWS = 1_000;

/** A line to be written; what is left out is `null`. */
export interface LogLine {
  readonly level: SyncLogRow["level"];
  readonly text: string;
  readonly requestId?: string | null;
  readonly project?: string | null;
}

/** Writes lines, lets the oldest go, and tells every tab. Nothing for a remote that is disconnected. */
export async function writeLog(
  sync: Pick<SyncCtx, "db" | "now" | "tell">,
  remote: RemoteUid,
  lines: readonly LogLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const at = sync.now();
  const rows = await withWrite(sync.db, ["remotes", "syncLog"], async (tx) => {
    if ((await tx.objectStore("remotes").getKey(remote)) === undefined) return [];
    const store = tx.objectStore("syncLog");
    const written: SyncLogRow[] = [];
    for (const { level, text, requestId = null, project = null } of lines) {
      const record: SyncLogRecord = { remote, at, level, text, requestId, project };
      written.push(rowOf((await store.add(record)) as number, record));
    }
    const keys = await store.index("byRemote").getAllKeys(remote);
    for (const key of keys.slice(0, Math.max(0, keys.length - LOG_ROWS))) await store.delete(key);
    return written;
  });
  for (const row of rows) sync.tell({ kind: "logged", remote, row });
}

/** Lines from the newest on, or from behind a key. */
export function readLog(
  db: Database,
  remote: RemoteUid,
  before: number | null,
  limit: number,
): Promise<readonly SyncLogRow[]> {
  return withRead(db, ["syncLog"], async (tx) => {
    const store = tx.objectStore("syncLog");
    const keys = await store.index("byRemote").getAllKeys(remote);
    const older = before === null ? keys : keys.filter((key) => key < before);
    const wanted = older.slice(Math.max(0, older.length - limit)).toReversed();
    const records = await Promise.all(wanted.map((key) => store.get(key)));
    return records.flatMap((record, i) =>
      record === undefined ? [] : [rowOf(wanted[i] ?? 0, record)],
    );
  });
}

function rowOf(key: number, { at, level, text, requestId, project }: SyncLogRecord): SyncLogRow {
  return { key, at, level, text, requestId, project };
}
