// A version with more files than one commit takes: its number is promised first, then its files go in parts [S3].
import { versionFolder } from "../core/sync/layout.ts";
import type { SharedOp } from "../core/sync/ops.ts";
import { formatVersion } from "../core/version.ts";
import type { CommitOid, CommitOp } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { ChosenVersion } from "./choose-versions.ts";
import { hasScopeOf, upload } from "./commit-round.ts";
import type { ProjectPlan } from "./plan-push.ts";
import type { RemoteHead } from "./remote-head.ts";
import type { Run, SendingRun } from "./round-run.ts";
import { sendCommit, type Lost } from "./send-commit.ts";

/** The changes that promise a version its number; `null` where that is its own already. */
export function reservation(plan: ProjectPlan, { of }: ChosenVersion): readonly SharedOp[] | null {
  const { name, version } = of;
  const known = plan.base.artifacts.get(name);
  // A tombstone that comes back whole has had one all along.
  if (known?.reserved.has(version.uid) === true || known?.versions.has(version.uid) === true)
    return null;
  const before = plan.ops.filter(
    (op) => op.kind === "project" || (op.kind === "artifact" && op.name === name),
  );
  return [...before, { kind: "reserve", name, uid: version.uid, number: version.number }];
}

/**
 * Commits files of a version whose number is promised, until the rest fits into a round.
 *
 * @returns the version with that rest; `more` where the head went on by what was committed
 */
export async function sendParts(
  run: SendingRun,
  row: RemoteRecord,
  head: RemoteHead,
  version: ChosenVersion,
): Promise<ChosenVersion | "more" | Lost> {
  const { project, name, version: of } = version.of;
  const most = run.mood.limits.pointers;
  const there = head.commit === null ? new Map() : await filesAt(run, head.commit, version);
  const missing = version.pointers.filter(({ path, object }) => there.get(path) !== object.sha256);
  const wanted = new Set(missing.map(({ object }) => object.sha256));
  const objects = version.objects.filter(({ sha256 }) => wanted.has(sha256));
  if (missing.length <= most) return { ...version, pointers: missing, objects };
  await upload(run, objects);
  let parent = head.commit;
  for (let from = 0; missing.length - from > most; from += most) {
    if (!(await hasScopeOf(run, row))) return "more";
    const part = missing.slice(from, from + most);
    const sent = await sendCommit(run, {
      title: `Cairn: files of ${project}/${name}:${formatVersion(of.number)}`,
      ops: part.map(({ path, object }): CommitOp => ({ kind: "pointer", path, object })),
      head: { commit: parent },
      onRefused: () => Promise.resolve(),
    });
    if (typeof sent === "object") return sent;
    parent = sent;
  }
  return "more";
}

async function filesAt(
  run: Run,
  commit: CommitOid,
  { of: { project, name, version } }: ChosenVersion,
): Promise<ReadonlyMap<string, string | null>> {
  const there = new Map<string, string | null>();
  const folder = versionFolder(project, name, version.number);
  for await (const { path, sha256 } of run.hub.list(commit, folder, run.signal))
    there.set(path, sha256);
  return there;
}
