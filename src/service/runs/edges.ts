// Lines between runs and versions, one for each run, version and direction [R2].
import type { JsonObject } from "../../core/json.ts";
import type { EdgeRecord, EdgeVia, RunUid, VersionUid } from "../../core/records.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Journal } from "../journal.ts";

/**
 * Notes that a run produced or used a version; the first time is kept [R2]. Answers whether that is new.
 *
 * @param via the collection that the version was found through [R6]
 */
export async function addEdge(
  tx: WriteTx<"edges">,
  run: RunUid,
  version: VersionUid,
  direction: EdgeRecord["direction"],
  subject: string,
  journal: Journal,
  via: EdgeVia | null = null,
): Promise<boolean> {
  const edges = tx.objectStore("edges");
  if ((await edges.getKey([run, version, direction])) !== undefined) return false;
  const edge = { run, version, direction, createdAt: journal.at };
  await edges.add(via === null ? edge : { ...edge, via });
  journal.record("edge-added", subject, null, toldOf({ ...edge, via }));
  return true;
}

/** What events say of an edge. */
export function toldOf({
  run,
  direction,
  via = null,
}: Pick<EdgeRecord, "run" | "direction"> & { readonly via?: EdgeVia | null }): JsonObject {
  return via === null ? { run, direction } : { run, direction, via: { ...via } };
}
