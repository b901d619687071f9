// Small sums beside the rows of lists, each bounded by what is in view.
import { encodeTime } from "../../core/ulid-time.ts";
import type { ArtifactUid, RunUid } from "../../core/records.ts";
import type { OverviewApi, ProjectActivity, RunCounts } from "../../protocol/overview-api.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";

/** Keys read at once: the worker stays free for other questions in between. */
const KEYS_AT_ONCE = 5000;

export function createOverviewService(db: Database, now: () => string): OverviewApi {
  return {
    activity: (stretches, stretchMs) => activity(db, Date.parse(now()), stretches, stretchMs),
    versionSizes: (artifacts, limit) =>
      withRead(db, ["versions"], (tx) =>
        Promise.all(artifacts.map((artifact) => sizesOf(tx, artifact, limit))),
      ),
    countRunEdges: (runs) =>
      withRead(db, ["edges"], (tx) => Promise.all(runs.map((run) => countsOf(tx, run)))),
  };
}

/** A version's id begins with its time, so keys alone tell when it was logged; no row is read. */
async function activity(
  db: Database,
  nowMs: number,
  stretches: number,
  stretchMs: number,
): Promise<readonly ProjectActivity[]> {
  return withRead(db, ["versions", "artifacts"], async (tx) => {
    const keys = await Promise.all(
      Array.from({ length: stretches }, (_, i) => {
        const from = nowMs - (stretches - i) * stretchMs;
        // What was logged in this very millisecond counts too.
        const to = i === stretches - 1 ? nowMs + 1 : from + stretchMs;
        return keysBetween(tx, from, to);
      }),
    );
    const projects = await projectsOf(tx, new Set(keys.flat().map(([artifact]) => artifact)));
    const counts = new Map<string, number[]>();
    for (const [i, logged] of keys.entries())
      for (const [artifact] of logged) {
        const project = projects.get(artifact);
        if (project === undefined) continue;
        const of = counts.get(project) ?? Array.from({ length: stretches }, () => 0);
        of[i] = (of[i] ?? 0) + 1;
        counts.set(project, of);
      }
    return Array.from(counts, ([project, of]) => ({ project, counts: of }));
  });
}

/** Of the versions logged from one moment to before another; a busy time is read in halves. */
async function keysBetween(
  tx: ReadTx<"versions">,
  from: number,
  to: number,
): Promise<readonly (readonly [ArtifactUid, number])[]> {
  const range = IDBKeyRange.bound(encodeTime(from), encodeTime(to), false, true);
  const isMoment = to - from <= 1;
  const versions = tx.objectStore("versions").index("byUid");
  const keys = await versions.getAllKeys(range, isMoment ? undefined : KEYS_AT_ONCE);
  if (isMoment || keys.length < KEYS_AT_ONCE) return keys;
  const middle = Math.floor((from + to) / 2);
  const [before, after] = await Promise.all([
    keysBetween(tx, from, middle),
    keysBetween(tx, middle, to),
  ]);
  return before.concat(after);
}

async function projectsOf(
  tx: ReadTx<"artifacts">,
  artifacts: ReadonlySet<ArtifactUid>,
): Promise<ReadonlyMap<ArtifactUid, string>> {
  const rows = await Promise.all(
    Array.from(artifacts, (uid) => tx.objectStore("artifacts").get(uid)),
  );
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.uid, row.project]])));
}

/** Backwards from the newest: numbers that were deleted cost nothing. */
async function sizesOf(
  tx: ReadTx<"versions">,
  artifact: ArtifactUid,
  limit: number,
): Promise<readonly number[]> {
  const range = IDBKeyRange.bound([artifact], [artifact, []]);
  const sizes: number[] = [];
  let cursor = await tx.objectStore("versions").openCursor(range, "prev");
  while (cursor !== null && sizes.length < limit) {
    sizes.push(cursor.value.sizeBytes);
    cursor = sizes.length < limit ? await cursor.continue() : null;
  }
  return sizes.toReversed();
}

async function countsOf(tx: ReadTx<"edges">, run: RunUid): Promise<RunCounts> {
  const edges = tx.objectStore("edges").index("byRunDirection");
  const [inputs, outputs] = await Promise.all([
    edges.count([run, "input"]),
    edges.count([run, "output"]),
  ]);
  return { inputs, outputs };
}
