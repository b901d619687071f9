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
import type { RemoteRecord, SyncBaseRecord } from "../store/sync-records.ts";
import { withRead, withWrite } from "../store/transaction.ts";
import type { RemoteHead } from "./remote-head.ts";
import { invalidRemote, READ_LANES, remark, type Run } from "./round-run.ts";

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
 * @returns `unchanged`; `gone` where not even the log knows what was agreed on
 * @throws CairnError `invalid_remote` where index, snapshot and what they should be don't go together;
 *   `hub_failed`
 */
export async function pullProject(
  run: Run,
  head: RemoteHead,
  { name, never: left }: SyncedProject,
): Promise<PulledProject | "unchanged" | "gone"> {
  if (head.rebuilt?.unknown.has(name) === true)
    throw invalidRemote(run, folderOf(name), "a newer Cairn changed it; reload to get that", true);
  const never = new Set(left);
  const former = await findBase(run, name);
  const listed = head.index.projects.get(name);
  if (listed === undefined || head.commit === null) {
    if (former === undefined) return "unchanged";
    if (head.rebuilt !== null) return "gone";
    throw invalidRemote(run, folderOf(name), "the index doesn't list it any more");
  }
  const nothing = emptyProject(name, listed.createdAt);
  const kept = former ?? { state: nothing, files: new Map<string, Digest>() };
  const base = withoutArtifacts(kept.state, never);
  const read = await readChanged(run, head, head.commit, { name, never, listed, kept, base });
  if (read === "unchanged") return read;
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

/** Forgets what was agreed on of a project that isn't there any more: all of it is said again. */
export async function forgetProject(
  run: Run,
  { pullOnly }: RemoteRecord,
  project: ProjectName,
): Promise<void> {
  const next = pullOnly ? "It stays here." : "All of it is sent again.";
  remark(run, `The project “${project}” isn't in ${run.label} any more. ${next}`);
  await withWrite(run.sync.db, ["syncBases"], (tx) =>
    tx.objectStore("syncBases").delete([run.remote, project]),
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
): Promise<Pick<SharedProject, "artifacts" | "runs"> | "unchanged"> {
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
    texts.set(file, text);
    run.meter.addFiles(1);
  });
  const { createdAt, deletedAt } = listed;
  return readSnapshot({ name, createdAt, deletedAt }, texts, run.label, base);
}

/** A file of the snapshot whose text has the digest that the index says. Throws `invalid_remote`. */
async function readSnapshotFile(
  run: Run,
  commit: CommitOid,
  project: ProjectName,
  file: string,
  digest: Digest,
): Promise<string> {
  for (const isLarge of [false, true]) {
    const path = snapshotPath(project, file, isLarge);
    const text = await run.hub.readText(commit, path, run.signal);
    if (text !== null && run.sync.hasher.hashText([text]) === digest) return text;
  }
  throw invalidRemote(
    run,
    snapshotPath(project, file, false),
    "it is not the one that the index names",
  );
}

function folderOf(project: ProjectName): string {
  return `cairn/projects/${project}`;
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
