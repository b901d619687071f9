// What one commit of a round writes: its file in the log, the snapshot and index as they are after it, and the files of versions [S2 S3].
import type { Digest } from "../core/digest.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import { formatIndex, formatRound } from "../core/sync/file-texts.ts";
import type {
  RemoteIndex,
  RemoteProject,
  RemoteRegistry,
  RoundFile,
  RoundUid,
} from "../core/sync/files.ts";
import { formatIndexStub } from "../core/sync/index-stub.ts";
import {
  INDEX_PATH,
  LARGE_INDEX_PATH,
  manifestPath,
  roundPath,
  snapshotPath,
} from "../core/sync/layout.ts";
import { nextRound } from "../core/sync/numbers.ts";
import type { SharedOp } from "../core/sync/ops.ts";
import type { SharedProject } from "../core/sync/shared.ts";
import { snapshotFiles } from "../core/sync/snapshot.ts";
import type { CommitOp } from "../hub/hub.ts";
import type { PendingRound, RemoteRecord, SyncBaseRecord } from "../store/sync-records.ts";
import type { ChosenVersion } from "./choose-versions.ts";
import { CommitDraft, isLargeText } from "./commit-texts.ts";
import { deviceName } from "./device-name.ts";
import type { ProjectPlan } from "./plan-push.ts";
import { isLeftOut, withArtifactsOf } from "./pull-project.ts";
import type { RemoteHead } from "./remote-head.ts";
import { draftRepairs } from "./repair-folders.ts";
import type { Run } from "./round-run.ts";

/** A project's changes and the state they lead to. */
export interface ProjectChange {
  readonly plan: ProjectPlan;
  readonly ops: readonly SharedOp[];
  readonly after: SharedProject;
}

export interface RoundContent {
  readonly changes: readonly ProjectChange[];
  readonly prepared: readonly ChosenVersion[];
  readonly registries: {
    readonly ops: readonly CommitOp[];
    readonly registries: ReadonlyMap<RegistryUid, RemoteRegistry>;
  };
}

/** A round ready to be committed, and what is true once it is. */
export interface DraftedRound {
  readonly draft: CommitDraft;
  /** What makes the repository go with its log. */
  readonly repairs: CommitDraft;
  readonly index: RemoteIndex;
  readonly pending: PendingRound;
}

/** Writes a round down. */
export async function draftRound(
  run: Run,
  row: RemoteRecord,
  head: RemoteHead,
  { changes, prepared, registries }: RoundContent,
): Promise<DraftedRound> {
  const { sync } = run;
  const at = sync.now();
  const round: RoundFile = {
    seq: nextRound(head.index.seq),
    uid: sync.newUid<"Round">() as string as RoundUid,
    device: row.device,
    deviceName: await deviceName(sync),
    round: nextRound(row.rounds),
    at,
    projects: new Map(changes.map(({ plan, ops }) => [plan.name, ops])),
    registries: [...registries.registries.keys()],
  };
  const draft = new CommitDraft(sync);
  for (const { of, pointers, manifest, text } of prepared) {
    for (const { path, object } of pointers) draft.ops.push({ kind: "pointer", path, object });
    await draft.put((isLarge) => manifestPath(of.project, of.name, manifest.uid, isLarge), text);
  }
  const projects = new Map(head.index.projects);
  const bases: SyncBaseRecord[] = [];
  for (const change of changes) {
    const listed = await putSnapshot(run, draft, head, change);
    projects.set(change.plan.name, listed);
    bases.push(baseAfter(run, change, listed));
  }
  const repairs = new CommitDraft(sync);
  await putFoldedProjects(repairs, head, changes);
  await draftRepairs(run, head, repairs);
  draft.ops.push(...registries.ops);
  await draft.put((isLarge) => roundPath(round, isLarge), formatRound(round));
  const { device, deviceName: name, uid } = round;
  const index: RemoteIndex = {
    seq: round.seq,
    devices: new Map(head.index.devices).set(device, {
      name,
      rounds: round.round,
      last: uid,
      lastAt: at,
    }),
    projects,
    registries: new Map([...head.index.registries, ...registries.registries]),
  };
  await putIndex(run, draft, head, index);
  const pending: PendingRound = {
    remote: row.uid,
    uid,
    round: round.round,
    startedAt: at,
    parent: head.commit,
    bases,
    pushed: prepared.map(({ of }) => ({
      project: of.project,
      name: of.name,
      uid: of.version.uid,
    })),
    earlier: [],
  };
  return { draft, repairs, index, pending };
}

/** Puts the index, or, where it is too long to be kept in git itself, what says where it is. */
async function putIndex(
  { sync }: Run,
  draft: CommitDraft,
  { isLarge }: RemoteHead,
  index: RemoteIndex,
): Promise<void> {
  const text = formatIndex(index);
  if (!isLargeText(text)) {
    draft.ops.push({ kind: "text", path: INDEX_PATH, text });
    if (isLarge) draft.clear(LARGE_INDEX_PATH);
    return;
  }
  const stub = formatIndexStub(sync.hasher.hashText([text]));
  draft.ops.push({ kind: "text", path: INDEX_PATH, text: stub });
  await draft.putLarge(LARGE_INDEX_PATH, text);
}

/** Puts the files of a snapshot that the changes touch, and says what the index lists then. */
async function putSnapshot(
  { sync }: Run,
  draft: CommitDraft,
  { index, rebuilt }: RemoteHead,
  { plan, after }: ProjectChange,
): Promise<RemoteProject> {
  const listed = index.projects.get(plan.name)?.files;
  const files = new Map<string, Digest>(listed);
  // Of an index made anew nobody knows which files go with it.
  const changed = rebuilt === null ? changedPart(plan.base, after) : after;
  const former = snapshotFiles(changedPart(after, plan.base));
  for (const [file, text] of snapshotFiles(changed)) {
    const digest = sync.hasher.hashText([text]);
    if (rebuilt === null && files.get(file) === digest) continue;
    files.set(file, digest);
    const wasLarge = rebuilt !== null || isLargeText(former.get(file) ?? "");
    await draft.put((isLarge) => snapshotPath(plan.name, file, isLarge), text, wasLarge);
  }
  return { createdAt: after.createdAt, deletedAt: after.deletedAt, files };
}

/** Puts what the log says of projects that have no changes of their own. */
async function putFoldedProjects(
  draft: CommitDraft,
  { rebuilt }: RemoteHead,
  changes: readonly ProjectChange[],
): Promise<void> {
  const changed = new Map(changes.map(({ plan }) => [plan.name, plan]));
  for (const [name, state] of rebuilt?.states ?? []) {
    const never = changed.get(name)?.never;
    if (changed.has(name) && never?.size === 0) continue;
    for (const [file, text] of snapshotFiles(state))
      if (never === undefined || isLeftOut(file, never))
        await draft.put((isLarge) => snapshotPath(name, file, isLarge), text, true);
  }
}

/** Only what differs, of a state that shares the rest with an earlier one. */
function changedPart(base: SharedProject, after: SharedProject): SharedProject {
  const artifacts = [...after.artifacts].filter(
    ([name, artifact]) => base.artifacts.get(name) !== artifact,
  );
  return {
    ...after,
    artifacts: new Map(artifacts),
    runs: after.runs === base.runs ? new Map() : after.runs,
  };
}

function baseAfter(
  run: Run,
  { plan, after }: ProjectChange,
  listed: RemoteProject,
): SyncBaseRecord {
  const { name, never, kept } = plan;
  const left = [...(kept?.files ?? [])].filter(([file]) => isLeftOut(file, never));
  const there = [...listed.files].filter(([file]) => !isLeftOut(file, never));
  return {
    remote: run.remote,
    project: name,
    state: withArtifactsOf(after, kept?.state, never),
    files: new Map([...left, ...there]),
  };
}
