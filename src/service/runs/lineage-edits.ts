// Lineage that is recorded: uses, and lines drawn by hand [U1 R2 R3].
import { CairnError } from "../../core/errors.ts";
import { parseRunName } from "../../core/draft.ts";
import type { RunUid, VersionRecord, VersionRef, VersionUid } from "../../core/records.ts";
import type { EdgeRecord } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import { getVersionOf } from "../../store/artifacts.ts";
import type { ReadTx } from "../../store/transaction.ts";
import { resolve } from "../browse/resolve.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";
import { addEdge } from "./edges.ts";
import { getRunning, openRun } from "./runs.ts";

/**
 * Resolves a spec and records it as an input of a running run [U1 R2].
 *
 * @throws CairnError as {@link resolve}, `wrong_type`, `not_found` and `run_over` for the run
 */
export async function useVersion(
  ctx: Ctx,
  spec: string,
  project: string | null,
  run: RunUid,
  type: string | null,
): Promise<VersionDetail> {
  const detail = await resolve(ctx.db, spec, project);
  const { artifact, version } = detail;
  const name = subjectOf(artifact, version.number);
  if (type !== null && artifact.type !== type)
    throw new CairnError("wrong_type", { name, actual: artifact.type, expected: type });
  const { project: shown } = await mutate(
    ctx,
    ["runs", "edges"],
    artifact.project,
    async (tx, journal) => {
      const user = await getRunning(tx, run);
      await addEdge(tx, run, version.uid, "input", name, journal);
      return user;
    },
  );
  if (shown !== artifact.project) ctx.notify({ kind: "changed", project: shown });
  return detail;
}

/** Notes by hand that a run of the version's project, made when new, produced or used it. */
export async function addRunEdge(
  ctx: Ctx,
  ref: VersionRef,
  runName: string,
  direction: EdgeRecord["direction"],
): Promise<void> {
  const name = parseRunName(runName);
  if (name === "")
    throw new CairnError("invalid_text", { field: "run name", reason: "it is empty" });
  const stores = ["artifacts", "versions", "deletedVersions", "runs", "edges"] as const;
  await mutate(ctx, stores, ref.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, ref);
    const run = await openRun(ctx, tx, ref.project, { name }, journal);
    await addEdge(tx, run.uid, version.uid, direction, subjectOf(ref, ref.number), journal);
  });
}

/** Draws by hand that `child` was derived from the version that a spec names. Throws `would_loop`, `not_found`. */
export async function addDerivation(
  ctx: Ctx,
  child: VersionRef,
  parentSpec: string,
): Promise<void> {
  const found = await resolve(ctx.db, parentSpec, child.project);
  const parent = found.version;
  const parentName = subjectOf(found.artifact, parent.number);
  const stores = ["artifacts", "versions", "deletedVersions", "derivations"] as const;
  await mutate(ctx, stores, child.project, async (tx, journal) => {
    const { version } = await getVersionOf(tx, child);
    const subject = subjectOf(child, child.number);
    if ((await tx.objectStore("derivations").getKey([version.uid, parent.uid])) !== undefined)
      return;
    if (await comesFrom(tx, parent, version.uid))
      throw new CairnError("would_loop", { child: subject, parent: parentName });
    await tx
      .objectStore("derivations")
      .add({ child: version.uid, parent: parent.uid, createdAt: journal.at });
    const after = { child: version.uid, parent: parent.uid, parentName };
    journal.record("derivation-added", subject, null, after);
  });
}

/** Takes back a line drawn by hand. */
export async function removeDerivation(
  ctx: Ctx,
  child: VersionRef,
  parent: VersionRef,
): Promise<void> {
  const stores = ["artifacts", "versions", "deletedVersions", "derivations"] as const;
  await mutate(ctx, stores, child.project, async (tx, journal) => {
    const [from, to] = [await findUid(tx, parent), await findUid(tx, child)];
    if ((await tx.objectStore("derivations").getKey([to, from])) === undefined) return;
    await tx.objectStore("derivations").delete([to, from]);
    const parentName = `${parent.project}/${parent.name}:${formatVersion(parent.number)}`;
    const before = { child: to, parent: from, parentName };
    journal.record("derivation-removed", subjectOf(child, child.number), before, null);
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
