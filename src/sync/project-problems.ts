// Projects that can't be taken in as a remote has them: kept for the page, said once in the log; the others go on.
import type { CairnError } from "../core/errors.ts";
import type { Digest } from "../core/digest.ts";
import type { ProjectName } from "../core/names.ts";
import type { RemoteProject } from "../core/sync/files.ts";
import type { Hasher } from "../hash/hasher.ts";
import type { ProjectProblem, RemoteRecord } from "../store/sync-records.ts";
import type { RemoteHead } from "./remote-head.ts";
import { changeRemote } from "./remote-rows.ts";
import type { Run } from "./round-run.ts";
import { writeLog, type LogLine } from "./sync-log.ts";

export type ProjectProblems = ReadonlyMap<ProjectName, CairnError<"invalid_remote">>;

/**
 * Whether the log may help against a problem: it is read whole for that, so once for each state of the
 * project there.
 */
export function mayLogHelp(
  { sync }: Run,
  { projectProblems }: RemoteRecord,
  { index, rebuilt }: RemoteHead,
  project: ProjectName,
  problem: CairnError<"invalid_remote">,
): boolean {
  if (rebuilt !== null || problem.data.isNewer === true) return false;
  const state = stampOf(sync.hasher, index.projects.get(project));
  return projectProblems?.get(project)?.tried.includes(state) !== true;
}

/** Writes down the problems of a pull, where they aren't those of the one before. */
export async function noteProjectProblems(
  { sync }: Run,
  row: RemoteRecord,
  head: RemoteHead,
  problems: ProjectProblems,
): Promise<RemoteRecord> {
  const before = row.projectProblems ?? new Map<ProjectName, ProjectProblem>();
  if (problems.size === 0 && before.size === 0) return row;
  const now = new Map<ProjectName, ProjectProblem>();
  const lines: LogLine[] = [];
  for (const [project, { message }] of problems) {
    const known = before.get(project);
    const isNews = known?.text !== message;
    const commit = isNews ? (head.commit ?? "") : known.commit;
    const problem = { text: message, commit, tried: triedFor(sync.hasher, head, project, known) };
    now.set(project, problem);
    const text = `Project “${project}”: ${problemText(problem)}`;
    if (isNews) lines.push({ level: "error", text, project });
  }
  for (const project of before.keys())
    if (!now.has(project))
      lines.push({ level: "info", text: `Project “${project}” syncs again.`, project });
  const changed = await changeRemote(sync.db, row.uid, { projectProblems: now });
  await writeLog(sync, row.uid, lines);
  return changed;
}

/** A problem in words, with the way out. */
export function problemText({ text, commit }: ProjectProblem): string {
  return `${text} It was found at commit ${commit.slice(0, 8)}. The project waits, and all else syncs: put that file right in the repository, or undo the commit that broke it.`;
}

/** States of the project there with which its log was asked in vain: as it was listed, and as the log makes it. */
function triedFor(
  hasher: Hasher,
  { index, rebuilt }: RemoteHead,
  project: ProjectName,
  known: ProjectProblem | undefined,
): readonly Digest[] {
  if (rebuilt === null) return known?.tried ?? [];
  return [rebuilt.before, index].map(({ projects }) => stampOf(hasher, projects.get(project)));
}

/** Differs with whatever an index says of a project. */
function stampOf(hasher: Hasher, listed: RemoteProject | undefined): Digest {
  const { createdAt = "", deletedAt = null, files = [] } = listed ?? {};
  const rows = Array.from(files, ([file, digest]) => `${file} ${digest}`);
  return hasher.hashText([[createdAt, deletedAt ?? "", ...rows.toSorted()].join("\n")]);
}
