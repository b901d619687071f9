// A project as a remote has it now: the files of its snapshot that changed, put over what was agreed on before.
import type { Digest } from "../core/digest.ts";
import type { ArtifactName, ProjectName } from "../core/names.ts";
import type { SyncedProject } from "../core/sync/remote.ts";
import type { RemoteProject } from "../core/sync/files.ts";
import { snapshotPath } from "../core/sync/layout.ts";
import { emptyProject, type SharedArtifact, type SharedProject } from "../core/sync/shared.ts";
import { readSnapshot } from "../core/sync/snapshot.ts";
import type { CommitOid } from "../hub/hub.ts";
import { inLanes } from "../service/care/lanes.ts";
import type { SyncBaseRecord } from "../store/schema.ts";
import { withRead } from "../store/transaction.ts";
import type { RemoteHead } from "./remote-head.ts";
import { READ_LANES, type Run } from "./round-run.ts";

/** What a remote has of a project; what stays out of this browser is in none of it. */
export interface PulledProject {
  readonly name: ProjectName;
  readonly never: ReadonlySet<ArtifactName>;
  /** What was agreed on before. */
  readonly base: SharedProject;
  readonly state: SharedProject;
  /** What is to be kept as agreed on, with what was once, of artifacts that stay out by now. */
  readonly agreed: SyncBaseRecord;
}

/**
 * Reads what changed of a project since the last agreement.
 *
 * @returns `unchanged`; `broken` where the index and the files it names don't go together
 * @throws CairnError `invalid_remote`, `hub_failed`
 */
export async function pullProject(
  run: Run,
  head: RemoteHead,
  { name, never: left }: SyncedProject,
): Promise<PulledProject | "unchanged" | "broken"> {
  const never = new Set(left);
  const former = await findBase(run, name);
  const listed = head.index.projects.get(name);
  if (listed === undefined || head.commit === null)
    return former === undefined ? "unchanged" : "broken";
  const nothing = emptyProject(name, listed.createdAt);
  const kept = former ?? { state: nothing, files: new Map<string, Digest>() };
  const base = withoutArtifacts(kept.state, never);
  const read = await readChanged(run, head, head.commit, { name, never, listed, kept, base });
  if (read === "unchanged" || read === "broken") return read;
  const { createdAt, deletedAt } = listed;
  const state: SharedProject = {
    name,
    createdAt,
    deletedAt,
    artifacts: read.artifacts,
    runs: read.runs,
  };
  return {
    name,
    never,
    base: isWhole(base, state) ? base : nothing,
    state,
    agreed: {
      remote: run.remote,
      project: name,
      state: withArtifactsOf(state, kept.state, never),
      files: new Map([
        ...[...kept.files].filter(([file]) => isLeftOut(file, never)),
        ...[...listed.files].filter(([file]) => !isLeftOut(file, never)),
      ]),
    },
  };
}

/** What was agreed on with a remote of a project. */
export function findBase(
  { sync, remote }: Pick<Run, "sync" | "remote">,
  project: ProjectName,
): Promise<SyncBaseRecord | undefined> {
  return withRead(sync.db, ["syncBases"], (tx) =>
    tx.objectStore("syncBases").get([remote, project]),
  );
}

/** A project as it is without some of its artifacts. */
export function withoutArtifacts(
  state: SharedProject,
  names: ReadonlySet<ArtifactName>,
): SharedProject {
  if (names.size === 0) return state;
  const artifacts = [...state.artifacts].filter(([name]) => !names.has(name));
  return { ...state, artifacts: new Map(artifacts) };
}

/** A project with some artifacts as another state has them. */
export function withArtifactsOf(
  state: SharedProject,
  other: SharedProject | undefined,
  names: ReadonlySet<ArtifactName>,
): SharedProject {
  if (other === undefined || names.size === 0) return state;
  const theirs = [...other.artifacts].filter(([name]) => names.has(name));
  return { ...state, artifacts: new Map([...theirs, ...state.artifacts]) };
}

/** Whether a snapshot's file is of an artifact that stays out. */
export function isLeftOut(file: string, never: ReadonlySet<ArtifactName>): boolean {
  return (
    file.startsWith(ARTIFACT_FILE) && never.has(file.slice(ARTIFACT_FILE.length) as ArtifactName)
  );
}

const ARTIFACT_FILE = "artifacts/";

interface Reading {
  readonly name: ProjectName;
  readonly never: ReadonlySet<ArtifactName>;
  readonly listed: RemoteProject;
  readonly kept: Pick<SyncBaseRecord, "state" | "files">;
  /** The same without what stays out. */
  readonly base: SharedProject;
}

async function readChanged(
  run: Run,
  { rebuilt }: RemoteHead,
  commit: CommitOid,
  { name, never, listed, kept, base }: Reading,
): Promise<Pick<SharedProject, "artifacts" | "runs"> | "unchanged" | "broken"> {
  const whole = rebuilt?.states.get(name);
  if (whole !== undefined) return withoutArtifacts(whole, never);
  const changed = [...listed.files].filter(
    ([file, digest]) => kept.files.get(file) !== digest && !isLeftOut(file, never),
  );
  if (changed.length === 0 && kept.state.createdAt === listed.createdAt)
    if (kept.state.deletedAt === listed.deletedAt) return "unchanged";
  await run.step("read-snapshot");
  run.meter.step("pulling", { files: changed.length, bytes: 0 });
  const texts = new Map<string, string>();
  await inLanes(READ_LANES, changed, async ([file, digest]) => {
    const text = await readSnapshotFile(run, commit, name, file, digest);
    if (text !== null) texts.set(file, text);
    run.meter.addFiles(1);
  });
  if (texts.size < changed.length) return "broken";
  const { createdAt, deletedAt } = listed;
  return readSnapshot({ name, createdAt, deletedAt }, texts, run.label, base);
}

/** A file of the snapshot whose text has the digest that the index says; `null` for none. */
async function readSnapshotFile(
  run: Run,
  commit: CommitOid,
  project: ProjectName,
  file: string,
  digest: Digest,
): Promise<string | null> {
  for (const isLarge of [false, true]) {
    const path = snapshotPath(project, file, isLarge);
    const text = await run.hub.readText(commit, path, run.signal);
    if (text !== null && run.sync.hasher.hashText([text]) === digest) return text;
  }
  return null;
}

/** Whether a state has all versions and runs of an earlier one. One that hasn't is no later one: all is said again then. */
function isWhole(base: SharedProject, state: SharedProject): boolean {
  for (const uid of base.runs.keys()) if (!state.runs.has(uid)) return false;
  for (const artifact of base.artifacts.values()) {
    const now = state.artifacts.get(artifact.name);
    if (now === artifact) continue;
    if (now === undefined || !hasAll(artifact, now)) return false;
  }
  return true;
}

function hasAll(before: SharedArtifact, now: SharedArtifact): boolean {
  const twins = new Set([...now.versions.values()].flatMap((version) => version.twins));
  return [...before.versions.keys()].every((uid) => now.versions.has(uid) || twins.has(uid));
}
