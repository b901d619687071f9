// Three states of a project made one: what was agreed on, what the remote has now, what is here [S3 S4 S5].
import type { Json } from "../json.ts";
import { applyOps, type Applied } from "./apply.ts";
import { diffProject } from "./diff.ts";
import type { SharedOp, SyncNote } from "./ops.ts";
import { differingFields, isSameJson } from "./same.ts";
import type { DeviceId, SharedProject } from "./shared.ts";
import { versionFinder } from "./twins.ts";

interface States {
  readonly base: SharedProject;
  readonly remote: SharedProject;
  readonly local: SharedProject;
}

/**
 * What the remote has, with what happened here since the base put behind it. Numbers that the remote
 * has fixed stay; versions of here take the next ones.
 */
export function mergeProject(states: States & { readonly device: DeviceId }): Applied {
  const { base, remote, local, device } = states;
  const ops = diffProject(base, local, device);
  const { state, notes } = applyOps(remote, ops);
  if (base === remote) return { state, notes };
  return {
    state,
    notes: [
      ...notes,
      ...ops.flatMap((op) => twiceDone(states, state, op)),
      ...deletedElsewhere(local, state, device),
    ],
  };
}

/** What was done here and there, to the same thing. */
function twiceDone(states: States, merged: SharedProject, op: SharedOp): readonly SyncNote[] {
  switch (op.kind) {
    case "alias":
      return movedTwice(states, merged, op);
    case "artifact-edited":
      return editedTwice(
        op.name,
        null,
        // Of one that is made on both sides, all that the other says is new.
        states.base.artifacts.get(op.name) ?? { tags: [], keep: null },
        states.remote.artifacts.get(op.name),
        op,
      );
    case "version-edited": {
      const theirs = states.remote.artifacts.get(op.name)?.versions.get(op.uid);
      const before = states.base.artifacts.get(op.name)?.versions.get(op.uid);
      return editedTwice(op.name, theirs?.number ?? null, before ?? {}, theirs, op.details);
    }
    case "run":
      return runEditedTwice(states, op);
    default:
      return [];
  }
}

function editedTwice(
  name: Extract<SyncNote, { kind: "edited-twice" }>["name"],
  number: Extract<SyncNote, { kind: "edited-twice" }>["number"],
  before: object,
  theirs: object | undefined,
  ours: object,
): readonly SyncNote[] {
  if (theirs === undefined) return [];
  const [old, other, mine] = [before, theirs, ours].map(
    (side) => side as Readonly<Record<string, Json>>,
  );
  return Object.keys(ours)
    .filter((field) => field !== "kind" && field !== "name")
    .filter(
      (field) =>
        old?.[field] !== undefined &&
        !isSameJson(old[field], other?.[field] ?? null) &&
        !isSameJson(other?.[field] ?? null, mine?.[field] ?? null),
    )
    .map((field) => ({ kind: "edited-twice", name, number, field }));
}

function runEditedTwice(
  { base, remote }: States,
  { run, changed = [] }: Extract<SharedOp, { kind: "run" }>,
): readonly SyncNote[] {
  const [before, theirs] = [base.runs.get(run.uid), remote.runs.get(run.uid)];
  if (before === undefined || theirs === undefined) return [];
  const both = new Set(differingFields(before, theirs, changed));
  const fields = differingFields(theirs, run, changed).filter((field) => both.has(field));
  return fields.length === 0 ? [] : [{ kind: "run-edited-twice", name: run.name, fields }];
}

function movedTwice(
  { base, remote }: States,
  merged: SharedProject,
  { name, alias }: Extract<SharedOp, { kind: "alias" }>,
): readonly SyncNote[] {
  const [before, theirs, now] = [base, remote, merged].map((state) =>
    state.artifacts.get(name)?.aliases.get(alias),
  );
  const last = theirs?.moves.at(-1);
  if (theirs === undefined || last === undefined) return [];
  const isMoved = theirs.version !== (before?.version ?? null);
  if (!isMoved || theirs.version === (now?.version ?? null)) return [];
  const find = versionFinder(merged.artifacts.get(name));
  const numberOf = (uid: typeof last.to) => (uid === null ? null : (find(uid)?.number ?? null));
  const stands = numberOf(now?.version ?? null);
  const other = numberOf(theirs.version);
  return [{ kind: "alias-moved-twice", name, alias, stands, other, by: last.by }];
}

/** What was here, and another device deleted: versions, or a project with all of them. */
function deletedElsewhere(
  local: SharedProject,
  merged: SharedProject,
  device: DeviceId,
): readonly SyncNote[] {
  const notes: Extract<SyncNote, { kind: "deleted" }>[] = [];
  for (const { name, versions } of local.artifacts.values()) {
    const find = versionFinder(merged.artifacts.get(name));
    for (const { uid, deleted } of versions.values()) {
      const now = deleted === null ? find(uid) : undefined;
      const by = now?.deleted?.by;
      if (now !== undefined && by !== undefined && by !== device)
        notes.push({ kind: "deleted", name, number: now.number, by });
    }
  }
  if (local.deletedAt !== null || merged.deletedAt === null) return notes;
  const by = notes[0]?.by ?? null;
  return [{ kind: "project-deleted", name: local.name, versions: notes.length, by }];
}
