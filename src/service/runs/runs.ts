// Runs: started, taken up again, ended, deleted [R1 R4].
import { CairnError } from "../../core/errors.ts";
import { parseRunName } from "../../core/draft.ts";
import type { JsonObject } from "../../core/json.ts";
import { parseMetadata } from "../../core/metadata.ts";
import { parseProjectName, type ProjectName } from "../../core/names.ts";
import type { RunRecord, RunState, RunUid } from "../../core/records.ts";
import { offerRunName } from "../../core/run-name.ts";
import { withRead, type ReadTx, type WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { mutate, type Journal } from "../journal.ts";
import { openProject } from "../log/open-project.ts";

/** How a run is named by whoever logs or uses: by its id, or by a name that makes it when new. */
export type RunChoice = { readonly uid: RunUid } | { readonly name: string };

/**
 * The run meant, in the caller's transaction. A name means the newest run of that name in the
 * project; a new one is made by hand and so finished at once [R1].
 *
 * @throws CairnError `not_found`, `run_over`
 */
export async function openRun(
  ctx: Ctx,
  tx: WriteTx<"runs">,
  project: ProjectName,
  choice: RunChoice,
  journal: Journal,
): Promise<RunRecord> {
  if ("uid" in choice) return getRunning(tx, choice.uid);
  const named = await tx.objectStore("runs").index("byName").getAll([project, choice.name]);
  const known = named.findLast(({ deletedAt }) => deletedAt === null);
  return known ?? makeRun(ctx, tx, { project, name: choice.name, state: "finished" }, journal);
}

/** Starts a run that lasts until it is ended or this worker goes away. */
export async function startRun(
  ctx: Ctx,
  projectName: string,
  name: string,
  givenConfig: JsonObject,
): Promise<RunRecord> {
  const project = parseProjectName(projectName);
  const given = parseRunName(name);
  // Through its text, so that what is kept is plain JSON within the limits of metadata.
  const config = parseMetadata(JSON.stringify(givenConfig));
  return mutate(ctx, ["projects", "runs"], project, async (tx, journal) => {
    await openProject(tx, project, journal);
    const fresh = given === "" ? await freeName(tx, project) : given;
    return makeRun(ctx, tx, { project, name: fresh, state: "running", config }, journal);
  });
}

/** Marks a run as ended, or as running again. Throws `not_found`. */
export async function setRunState(ctx: Ctx, uid: RunUid, state: RunState): Promise<RunRecord> {
  const { project } = await getRun(ctx, uid);
  return mutate(ctx, ["runs"], project, async (tx, journal) => {
    const run = await runOf(tx, uid);
    return run.state === state ? run : changeRun(tx, run, state, journal);
  });
}

/** A run that is not deleted. Throws `not_found`. */
export function getRun(ctx: Ctx, uid: RunUid): Promise<RunRecord> {
  return withRead(ctx.db, ["runs"], (tx) => runOf(tx, uid));
}

/** Deletes a run, or takes that back. It stays as a tombstone with its name, so that edges keep an end [R4]. */
export async function setRunDeleted(ctx: Ctx, uid: RunUid, isDeleted: boolean): Promise<void> {
  const known = await withRead(ctx.db, ["runs"], (tx) => tx.objectStore("runs").get(uid));
  if (known === undefined) throw new CairnError("not_found", { what: "run", name: uid });
  await mutate(ctx, ["projects", "runs"], known.project, async (tx, journal) => {
    const run = await tx.objectStore("runs").get(uid);
    if (run === undefined || (run.deletedAt !== null) === isDeleted) return;
    if (!isDeleted) await openProject(tx, run.project, journal);
    await tx.objectStore("runs").put({ ...run, deletedAt: isDeleted ? journal.at : null });
    const kind = isDeleted ? "run-deleted" : "run-restored";
    journal.record(kind, `${run.project}/${run.name}`, null, { uid });
  });
}

/** Writes a run's new state, with its event. */
export async function changeRun(
  tx: WriteTx<"runs">,
  run: RunRecord,
  state: RunState,
  journal: Journal,
): Promise<RunRecord> {
  const changed: RunRecord = { ...run, state, endedAt: state === "running" ? null : journal.at };
  await tx.objectStore("runs").put(changed);
  const before = { state: run.state };
  journal.record("run-changed", `${run.project}/${run.name}`, before, { uid: run.uid, state });
  return changed;
}

/** A running run. Throws `not_found`, `run_over`. */
export async function getRunning(tx: ReadTx<"runs">, uid: RunUid): Promise<RunRecord> {
  const run = await runOf(tx, uid);
  if (run.state !== "running")
    throw new CairnError("run_over", { name: run.name, state: run.state });
  return run;
}

async function runOf(tx: ReadTx<"runs">, uid: RunUid): Promise<RunRecord> {
  const run = await tx.objectStore("runs").get(uid);
  if (run === undefined || run.deletedAt !== null)
    throw new CairnError("not_found", { what: "run", name: run?.name ?? uid });
  return run;
}

async function makeRun(
  ctx: Ctx,
  tx: WriteTx<"runs">,
  run: Pick<RunRecord, "project" | "name" | "state"> & { readonly config?: JsonObject },
  journal: Journal,
): Promise<RunRecord> {
  const { at } = journal;
  const record: RunRecord = {
    uid: ctx.newUid<"Run">(),
    config: {},
    startedAt: at,
    endedAt: run.state === "running" ? null : at,
    deletedAt: null,
    ...run,
  };
  await tx.objectStore("runs").add(record);
  const { uid, name, config, state } = record;
  journal.record("run-created", `${run.project}/${name}`, null, { uid, name, config, state });
  return record;
}

async function freeName(tx: ReadTx<"runs">, project: ProjectName): Promise<string> {
  const range = IDBKeyRange.bound([project], [project, []]);
  const runs = await tx.objectStore("runs").index("byName").getAll(range);
  const pick = (below: number): number => Math.floor(Math.random() * below);
  return offerRunName(new Set(runs.map(({ name }) => name)), runs.length, pick);
}
