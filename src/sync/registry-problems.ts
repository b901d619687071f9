// Why registries' logs can't be put together with a remote's: kept for the page, and said once in the log.
import type { RegistryUid } from "../core/registry/records.ts";
import type { RemoteIndex } from "../core/sync/files.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { SyncCtx } from "./context.ts";
import { changeRemote } from "./remote-rows.ts";
import { writeLog, type LogLine } from "./sync-log.ts";

/** Writes down the problems of a pull, where they aren't those of the one before. */
export async function noteProblems(
  sync: SyncCtx,
  { uid, problems: before = new Map() }: RemoteRecord,
  problems: ReadonlyMap<RegistryUid, string>,
  { registries }: RemoteIndex,
): Promise<void> {
  const news = [...problems].filter(([registry, text]) => before.get(registry) !== text);
  if (news.length === 0 && problems.size === before.size) return;
  await changeRemote(sync.db, uid, { problems });
  const lines = news.map(([registry, text]): LogLine => ({
    level: "error",
    text: `Registry “${registries.get(registry)?.name ?? registry}”: ${text}`,
  }));
  await writeLog(sync, uid, lines);
}
