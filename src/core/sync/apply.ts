// Changes put behind a state that others may have changed meanwhile [S3 S4 S5].
import { assertNever } from "../brand.ts";
import type { VersionUid } from "../records.ts";
import type { ArtifactDraft } from "./artifact-draft.ts";
import { RUN_FIELDS, type RunField, type SharedOp, type SyncNote } from "./ops.ts";
import { ProjectDraft } from "./project-draft.ts";
import { pick } from "./same.ts";
import {
  derivationKey,
  edgeKey,
  type SharedDelete,
  type SharedDerivation,
  type SharedEdge,
  type SharedProject,
  type SharedRun,
  type SharedVersion,
} from "./shared.ts";

export interface Applied {
  readonly state: SharedProject;
  readonly notes: readonly SyncNote[];
}

/** Applies changes in their order. Applying them once more changes nothing. */
export function applyOps(state: SharedProject, ops: readonly SharedOp[]): Applied {
  const draft = new ProjectDraft(state);
  const notes = applyTo(draft, ops);
  return { state: draft.finish(), notes };
}

/** Applies changes to a draft; gives what a person should know of it. */
export function applyTo(draft: ProjectDraft, ops: readonly SharedOp[]): readonly SyncNote[] {
  const notes: SyncNote[] = [];
  for (const op of ops) applyOp(draft, op, (note) => notes.push(note));
  return notes;
}

type Op<Kind extends SharedOp["kind"]> = Extract<SharedOp, { readonly kind: Kind }>;
type Say = (note: SyncNote) => void;

function applyOp(project: ProjectDraft, op: SharedOp, say: Say): void {
  switch (op.kind) {
    case "project":
      project.begin(op.createdAt);
      return project.setDeleted(op.deletedAt);
    case "run":
      return putRun(project, op);
    case "artifact":
      return addArtifact(project, op, say);
    default:
      break;
  }
  // Changes of an artifact that nobody made are no changes.
  const artifact = project.artifact(op.name);
  if (artifact === undefined) return;
  switch (op.kind) {
    case "artifact-edited": {
      const { kind: _, name: _name, ...fields } = op;
      return artifact.edit(fields);
    }
    case "reserve":
      if (project.home(op.uid) === undefined) artifact.reserve(op.uid, op.number);
      return;
    case "version":
      return addVersion(project, artifact, op, say);
    case "version-edited": {
      const version = project.version(op.name, op.uid);
      if (version !== undefined && !isTombstone(version))
        project.put(op.name, { ...version, ...op.details });
      return;
    }
    case "version-deleted":
      return deleteVersion(project, artifact, op, say);
    case "version-restored":
      return restoreVersion(project, artifact, op, say);
    case "alias":
      return moveAlias(project, artifact, op, say);
    case "edge-added":
    case "edge-removed":
      return changeEdge(project, artifact, op);
    case "derivation-added":
    case "derivation-removed":
      return changeDerivation(project, artifact, op);
    default:
      assertNever(op);
  }
}

/** The first to make a name decides its type [N4]. */
function addArtifact(project: ProjectDraft, op: Op<"artifact">, say: Say): void {
  const { kind: _, ...fields } = op;
  const known = project.artifact(op.name);
  if (known === undefined)
    project.addArtifact({
      ...fields,
      lastNumber: null,
      reserved: new Map(),
      versions: new Map(),
      aliases: new Map(),
      edges: new Map(),
      derivations: new Map(),
    });
  else if (known.type !== op.type)
    say({ kind: "type-differs", name: op.name, stands: known.type, other: op.type });
}

/** Adds a version under a number of its own, or as an id more of the one that has its content [S3]. */
function addVersion(
  project: ProjectDraft,
  artifact: ArtifactDraft,
  { name, version, apart = [] }: Omit<Op<"version">, "kind">,
  say: Say,
): void {
  const { uid, number: was, twins } = version;
  const known = project.version(name, uid);
  if (known !== undefined) return addIds(project, artifact, name, known, twins);
  // An id names one version: of another artifact's, nothing is made here.
  if (project.home(uid) !== undefined) return;
  const same = version.deleted === null ? artifact.liveWith(version.digest, apart) : undefined;
  if (same !== undefined) {
    say({ kind: "became-one", name, number: same.number, was });
    return addIds(project, artifact, name, same, [uid, ...twins]);
  }
  const number = artifact.takeNumber(uid, was);
  if (number !== was)
    say({ kind: "renumbered", name, from: was, to: number, by: artifact.takerOf(was) });
  const free = freeIds(project, twins).filter((twin) => twin !== uid);
  for (const id of free) artifact.forgetReserved(id);
  project.put(name, { ...version, number, twins: free });
}

/** Ids that became a version; those that name one already don't. */
function addIds(
  project: ProjectDraft,
  artifact: ArtifactDraft,
  name: Op<"version">["name"],
  version: SharedVersion,
  ids: readonly VersionUid[],
): void {
  const free = freeIds(project, ids);
  for (const id of free) artifact.forgetReserved(id);
  if (free.length > 0) project.put(name, { ...version, twins: [...version.twins, ...free] });
}

/** Ids that name no version yet, each once. */
function freeIds(project: ProjectDraft, ids: readonly VersionUid[]): readonly VersionUid[] {
  return [...new Set(ids)].filter((id) => project.home(id) === undefined);
}

/** Deletes a version with the aliases that the deleter saw on it; one that holds another stays [S5]. */
function deleteVersion(
  project: ProjectDraft,
  artifact: ArtifactDraft,
  { name, uid, deleted, emptied }: Op<"version-deleted">,
  say: Say,
): void {
  const version = project.version(name, uid);
  if (version === undefined || isTombstone(version)) return;
  const before = version.deleted;
  if (before !== null) {
    const isGone = deleted.trash === null && (emptied ?? before.trash) === before.trash;
    if (isGone) project.put(name, deletedAs(version, { ...before, trash: null }));
    return;
  }
  // Whoever emptied the trash didn't know that somebody had taken the version out of it.
  if (emptied !== undefined) return;
  const held = artifact.aliasesOf(version.uid);
  const unseen = held.filter((alias) => !deleted.aliases.includes(alias));
  if (unseen.length > 0) {
    const why = `the ${unseen.length === 1 ? "alias" : "aliases"} ${unseen.map((alias) => `“${alias}”`).join(", ")}`;
    say({ kind: "delete-refused", name, number: version.number, by: deleted.by, why });
    return;
  }
  for (const alias of held) artifact.move(alias, { to: null, at: deleted.at, by: deleted.by });
  project.put(name, deletedAs(version, deleted));
}

function restoreVersion(
  project: ProjectDraft,
  artifact: ArtifactDraft,
  { name, version }: Op<"version-restored">,
  say: Say,
): void {
  const known = project.version(name, version.uid);
  if (known === undefined) return addVersion(project, artifact, { name, version }, say);
  if (known.deleted === null) return;
  if (isTombstone(known)) say({ kind: "restored", name, number: known.number });
  project.put(name, { ...known, deleted: null });
}

/** Moves an alias. Its version comes out of the trash for it; one that is gone for good does not [S4 S5]. */
function moveAlias(
  project: ProjectDraft,
  artifact: ArtifactDraft,
  { name, alias, move }: Op<"alias">,
  say: Say,
): void {
  const target = move.to === null ? null : project.version(name, move.to);
  const known = target === null ? move : { ...move, to: target?.uid ?? move.to };
  if (!artifact.isNews(alias, known)) return;
  if (target === undefined || (target !== null && isTombstone(target))) {
    say({ kind: "alias-lost", name, alias });
    return;
  }
  if (target !== null && target.deleted !== null) {
    project.put(name, { ...target, deleted: null });
    say({ kind: "restored", name, number: target.number });
  }
  artifact.move(alias, known);
}

/** A run as it is last told. Without knowing what changed, one that ended isn't running again. */
function putRun(project: ProjectDraft, { run, changed }: Op<"run">): void {
  const known = project.runs.get(run.uid);
  if (known === undefined) {
    project.runs.set(run.uid, run);
    return;
  }
  const fields = changed ?? (hasEnded(known) && run.state === "running" ? LASTING : RUN_FIELDS);
  project.runs.set(run.uid, { ...known, ...pick(run, fields) });
}

const LASTING: readonly RunField[] = RUN_FIELDS.filter(
  (field) => field !== "state" && field !== "endedAt",
);

function hasEnded({ state }: SharedRun): boolean {
  return state === "finished" || state === "failed";
}

/** An edge between a version and a run that are there; the first one's time is kept [R2]. */
function changeEdge(
  project: ProjectDraft,
  { edges }: ArtifactDraft,
  { kind, name, edge: given }: Op<"edge-added"> | Op<"edge-removed">,
): void {
  const version = project.version(name, given.version);
  if (version === undefined) return;
  const edge: SharedEdge = { ...given, version: version.uid };
  const key = edgeKey(edge);
  if (kind === "edge-removed") edges.delete(key);
  else if (!edges.has(key) && project.runs.has(edge.run)) edges.set(key, edge);
}

/** A line between versions that are there, or from one of another project. */
function changeDerivation(
  project: ProjectDraft,
  { derivations }: ArtifactDraft,
  { kind, name, derivation: given }: Op<"derivation-added"> | Op<"derivation-removed">,
): void {
  const child = project.version(name, given.child);
  const parent = project.home(given.parent)?.uid ?? given.parent;
  if (child === undefined || child.uid === parent) return;
  const derivation: SharedDerivation = { ...given, child: child.uid, parent };
  const key = derivationKey(derivation);
  if (kind === "derivation-removed") derivations.delete(key);
  else if (!derivations.has(key) && isReachable(project, derivation))
    derivations.set(key, derivation);
}

function isReachable(project: ProjectDraft, { parent, parentName }: SharedDerivation): boolean {
  return project.home(parent) !== undefined || !parentName.startsWith(`${project.name}/`);
}

/** A version once it is deleted; for good, with what was said of it [D1]. */
function deletedAs(version: SharedVersion, deleted: SharedDelete): SharedVersion {
  if (deleted.trash !== null) return { ...version, deleted };
  const gone = { ...deleted, aliases: [] };
  return { ...version, description: "", metadata: {}, tags: [], deleted: gone };
}

/** Gone for good: what is left is its place in the lineage. */
function isTombstone({ deleted }: SharedVersion): boolean {
  return deleted !== null && deleted.trash === null;
}
