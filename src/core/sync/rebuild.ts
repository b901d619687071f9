// Projects made anew from the log of rounds, when the index lacks some of it.
import type { ProjectName } from "../names.ts";
import { applyTo } from "./apply.ts";
import type { RoundFile, RoundUid } from "./files.ts";
import type { SharedOp } from "./ops.ts";
import { ProjectDraft } from "./project-draft.ts";
import { emptyProject, type SharedProject } from "./shared.ts";

/** Folds rounds in the agreed order: by `seq`, then by id. Rounds given twice count once. */
export function foldRounds(rounds: Iterable<RoundFile>): ReadonlyMap<ProjectName, SharedProject> {
  const drafts = new Map<ProjectName, ProjectDraft>();
  for (const { projects, at } of inOrder(rounds))
    for (const [name, ops] of projects) {
      const draft =
        drafts.get(name) ?? new ProjectDraft(emptyProject(name, beginningOf(ops) ?? at));
      drafts.set(name, draft);
      applyTo(draft, ops);
    }
  return new Map(Array.from(drafts, ([name, draft]) => [name, draft.finish()]));
}

function inOrder(rounds: Iterable<RoundFile>): readonly RoundFile[] {
  const once = new Map<RoundUid, RoundFile>();
  for (const round of rounds) once.set(round.uid, round);
  return [...once.values()].toSorted((a, b) => a.seq - b.seq || (a.uid < b.uid ? -1 : 1));
}

/** The first round of a project tells when it began. */
function beginningOf(ops: readonly SharedOp[]): string | undefined {
  for (const op of ops) if (op.kind === "project") return op.createdAt;
  return undefined;
}
