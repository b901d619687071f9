// Lineage that is recorded: uses, and lines drawn by hand [U1 R2 R3].
import { CairnError } from "../../core/errors.ts";
import { parseRunName } from "../../core/draft.ts";
import { textIn, valueIn } from "../../core/event-payload.ts";
import type {
  EdgeRecord,
  EdgeVia,
  RunUid,
  VersionRecord,
  VersionRef,
  VersionUid,
} from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import type { DrawnRunEdge } from "../../protocol/run-api.ts";
import { getVersionOf } from "../../store/artifacts.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { LinkPlace } from "../../protocol/registry-link-api.ts";
import { openReadCtx } from "../browse/read-ctx.ts";
import { READER_STORES } from "../browse/registry-reader.ts";
import { resolve } from "../browse/resolve.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";
import { addEdge, toldOf } from "./edges.ts";
import { getRunning, openRun } from "./runs.ts";

/**
 * Resolves a spec and records it as an input of a running run [U1 R2].
 *
 * @throws CairnError as {@link resolve}, `wrong_type`, `not_permitted` [P7], `not_found` and
 *   `run_over` for the run
 */
export async function useVersion(
  ctx: Ctx,
  spec: string,
  project: string | null,
  run: RunUid,
  type: string | null,
): Promise<VersionDetail> {
  const reading = await openReadCtx(ctx);
  const detail = await resolve(reading, spec, project);
  const { artifact, version, via } = detail;
  const name = subjectOf(artifact, version.number);
  if (type !== null && artifact.type !== type)
    throw new CairnError("wrong_type", { name, actual: artifact.type, expected: type });
  const { project: shown } = await mutate(
    ctx,
    ["runs", "edges", ...READER_STORES],
    artifact.project,
    async (tx, journal) => {
      if (via !== null) await reading.registries.checkMayUse(tx, via.registry);
      const user = await getRunning(tx, run);
      await addEdge(tx, run, version.uid, "input", name, journal, viaOf(via));
      return user;
    },
  );
  if (shown !== artifact.project) ctx.notify({ kind: "changed", project: shown });
  return detail;
}

/** The collection an edge remembers [R6]. */
function viaOf(place: LinkPlace | null): EdgeVia | null {
  if (place === null) return null;
  const { registryUid, registry, collection, number } = place;
  return { registry: registryUid, registryName: registry, collection, number };
}

/** Notes by hand that a run of the version's project, made when new, produced or used it. */
export async function addRunEdge(
  ctx: Ctx,
  ref: VersionRef,
  runName: string,
  direction: EdgeRecord["direction"],
): Promise<DrawnRunEdge> {
  const name = parseRunName(runName);
  if (name === "")
    throw new CairnError("invalid_text", { field: "run name", reason: "it is empty" });
  const stores = ["artifacts", "versions", "deletedVersions", "runs", "edges"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, ref);
    const runs = tx.objectStore("runs");
    const runsBefore = await runs.count();
    const { uid } = await openRun(ctx, tx, ref.project, { name }, journal);
    const isNewRun = (await runs.count()) > runsBefore;
    const subject = subjectOf(ref, ref.number);
    const isNewEdge = await addEdge(tx, uid, version.uid, direction, subject, journal);
    return { run: uid, isNewEdge, isNewRun };
  });
}

/** Takes back that a run produced or used a version. Answers how many lines the run has left. */
export async function removeRunEdge(
  ctx: Ctx,
  ref: VersionRef,
  run: RunUid,
  direction: EdgeRecord["direction"],
): Promise<number> {
  const stores = ["artifacts", "versions", "deletedVersions", "edges"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    const edges = tx.objectStore("edges");
    const key: [RunUid, VersionUid, EdgeRecord["direction"]] = [
      run,
      await findUid(tx, ref),
      direction,
    ];
    const subject = subjectOf(ref, ref.number);
    const edge = await edges.get(key);
    if (edge === undefined)
      throw new CairnError("not_found", { what: "line to a run", name: subject });
    await edges.delete(key);
    journal.record("edge-removed", subject, toldOf(edge), null);
    return edges.count(IDBKeyRange.bound([run], [run, []]));
  });
}

/** Draws a line again that was taken back. Answers whether it was gone. */
export async function restoreRunEdge(
  ctx: Ctx,
  ref: VersionRef,
  run: RunUid,
  direction: EdgeRecord["direction"],
): Promise<boolean> {
  const stores = ["artifacts", "versions", "deletedVersions", "runs", "edges"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    if ((await tx.objectStore("runs").getKey(run)) === undefined)
      throw new CairnError("not_found", { what: "run", name: run });
    const version = await findUid(tx, ref);
    const subject = subjectOf(ref, ref.number);
    const via = await formerVia(tx, subject, run, direction);
    return addEdge(tx, run, version, direction, subject, journal, via);
  });
}

/** The collection that a line came through when it was taken back last. */
async function formerVia(
  tx: ReadTx<"events">,
  subject: string,
  run: RunUid,
  direction: EdgeRecord["direction"],
): Promise<EdgeVia | null> {
  const events = await tx.objectStore("events").index("bySubject").getAll(subject);
  const removed = events.findLast(
    ({ kind, before }) =>
      kind === "edge-removed" &&
      textIn(before, "run") === run &&
      textIn(before, "direction") === direction,
  );
  // Written by {@link toldOf} and nobody else.
  return ((removed && valueIn(removed.before, "via")) ?? null) as EdgeVia | null;
}

/** Draws by hand that `child` was derived from the version that a spec names. Throws `would_loop`, `not_found`. */
export async function addDerivation(
  ctx: Ctx,
  child: VersionRef,
  parentSpec: string,
): Promise<boolean> {
  const found = await resolve(await openReadCtx(ctx), parentSpec, child.project);
  const parent = found.version;
  const parentName = subjectOf(found.artifact, parent.number);
  const stores = ["artifacts", "versions", "deletedVersions", "derivations"] as const;
  return mutate(ctx, stores, child.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, child);
    const subject = subjectOf(child, child.number);
    if ((await tx.objectStore("derivations").getKey([version.uid, parent.uid])) !== undefined)
      return false;
    if (await comesFrom(tx, parent, version.uid))
      throw new CairnError("would_loop", { child: subject, parent: parentName });
    await tx
      .objectStore("derivations")
      .add({ child: version.uid, parent: parent.uid, createdAt: journal.at, parentName });
    const after = { child: version.uid, parent: parent.uid, parentName };
    journal.record("derivation-added", subject, null, after);
    return true;
  });
}

/** Takes back a line drawn by hand. */
export async function removeDerivation(
  ctx: Ctx,
  child: VersionRef,
  parent: VersionRef,
): Promise<boolean> {
  const stores = ["artifacts", "versions", "deletedVersions", "derivations"] as const;
  return mutate(ctx, stores, child.project, async (tx, journal) => {
    const [from, to] = [await findUid(tx, parent), await findUid(tx, child)];
    if ((await tx.objectStore("derivations").getKey([to, from])) === undefined) return false;
    await tx.objectStore("derivations").delete([to, from]);
    const parentName = `${parent.project}/${parent.name}:${formatVersion(parent.number)}`;
    const before = { child: to, parent: from, parentName };
    journal.record("derivation-removed", subjectOf(child, child.number), before, null);
    return true;
  });
}

/** A version's id, also when it is deleted: lines to it can still be taken back. */
async function findUid(
  tx: ReadTx<"artifacts" | "versions" | "deletedVersions">,
  ref: VersionRef,
): Promise<VersionUid> {
  const artifact = await tx.objectStore("artifacts").index("byName").get([ref.project, ref.name]);
  const live =
    artifact === undefined
      ? undefined
      : ((await tx.objectStore("versions").get([artifact.uid, ref.number])) ??
        (await tx
          .objectStore("deletedVersions")
          .index("byNumber")
          .get([artifact.uid, ref.number])));
  if (live === undefined)
    throw new CairnError("not_found", { what: "version", name: subjectOf(ref, ref.number) });
  return live.uid;
}

/** Whether `version` is, or was derived in any number of steps from, `ancestor`. */
async function comesFrom(
  tx: ReadTx<"derivations">,
  version: VersionRecord,
  ancestor: VersionUid,
): Promise<boolean> {
  const seen = new Set<VersionUid>();
  const open: VersionUid[] = [version.uid];
  for (let uid = open.pop(); uid !== undefined; uid = open.pop()) {
    if (uid === ancestor) return true;
    if (seen.has(uid)) continue;
    seen.add(uid);
    const above = await tx.objectStore("derivations").getAll(IDBKeyRange.bound([uid], [uid, []]));
    open.push(...above.map(({ parent }) => parent));
  }
  return false;
}
