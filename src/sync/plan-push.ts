// What is here and not in a remote yet: the difference to what was agreed on, project by project.
import type { ArtifactName, ProjectName } from "../core/names.ts";
import { applyOps } from "../core/sync/apply.ts";
import { diffProject } from "../core/sync/diff.ts";
import type { SharedOp } from "../core/sync/ops.ts";
import type { SyncedProject } from "../core/sync/remote.ts";
import { emptyProject, type SharedProject } from "../core/sync/shared.ts";
import { readShared, SHARED_STORES } from "../service/sync/shared-state.ts";
import type { RemoteRecord, SyncBaseRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import { withoutArtifacts } from "./pull-project.ts";
import type { Run } from "./round-run.ts";

/** A project's changes, to be put behind what the remote has. */
export interface ProjectPlan {
  readonly name: ProjectName;
  readonly never: ReadonlySet<ArtifactName>;
  /** What was agreed on, with artifacts that stay out by now; `undefined` for nothing yet. */
  readonly kept: SyncBaseRecord | undefined;
  /** The same without them. */
  readonly base: SharedProject;
  readonly ops: readonly SharedOp[];
}

/** The scope's projects that have changes, and that can be taken in as they are there. */
export async function planProjects(run: Run, row: RemoteRecord): Promise<readonly ProjectPlan[]> {
  const plans: ProjectPlan[] = [];
  for (const scoped of row.scope.projects) {
    if (row.projectProblems?.has(scoped.name) === true) continue;
    const plan = await planProject(run, row, scoped);
    if (plan !== null) plans.push(plan);
  }
  return plans;
}

async function planProject(
  { sync }: Run,
  row: RemoteRecord,
  { name, never: left }: SyncedProject,
): Promise<ProjectPlan | null> {
  const never = new Set(left);
  const found = await withRead(sync.db, [...SHARED_STORES, "syncBases"], async (tx) => {
    if ((await tx.objectStore("projects").getKey(name)) === undefined) return null;
    return {
      kept: await tx.objectStore("syncBases").get([row.uid, name]),
      local: await readShared(tx, { project: name, device: row.device, never }),
    };
  });
  if (found === null) return null;
  const { kept, local } = found;
  const base =
    kept === undefined ? emptyProject(name, local.createdAt) : withoutArtifacts(kept.state, never);
  const ops = diffProject(base, local, row.device);
  return ops.length === 0 ? null : { name, never, kept, base, ops };
}

/** The project as it will be once the changes are behind it. */
export function stateAfter({ base, ops }: Pick<ProjectPlan, "base" | "ops">): SharedProject {
  return applyOps(base, ops).state;
}

/**
 * Whether the versions get the numbers that they have here. They don't where one was held back and
 * others passed it: then the tables have to say the new numbers first [S3].
 */
export function keepsNumbers(ops: readonly SharedOp[], after: SharedProject): boolean {
  return ops.every((op) => {
    if (op.kind !== "version") return true;
    const { uid, number } = op.version;
    return after.artifacts.get(op.name)?.versions.get(uid)?.number === number;
  });
}
