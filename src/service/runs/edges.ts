// Lines between runs and versions, one for each run, version and direction [R2].
import type { EdgeRecord, RunUid, VersionUid } from "../../core/records.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Journal } from "../journal.ts";

/** Notes that a run produced or used a version; the first time is kept [R2]. Answers whether that is new. */
export async function addEdge(
  tx: WriteTx<"edges">,
  run: RunUid,
  version: VersionUid,
  direction: EdgeRecord["direction"],
  subject: string,
  journal: Journal,
): Promise<boolean> {
  const edges = tx.objectStore("edges");
  if ((await edges.getKey([run, version, direction])) !== undefined) return false;
  await edges.add({ run, version, direction, createdAt: journal.at });
  journal.record("edge-added", subject, null, { run, direction });
  return true;
}
