// What an entry of the history did, taken back, where things are still as it left them.
import { isJsonArray, isJsonObject, canonicalJson, type Json } from "../../../core/json.ts";
import { numberIn, textIn, valueIn } from "../../../core/event-payload.ts";
import type { KeepRule } from "../../../core/keep.ts";
import type { EventRecord, RunUid, TrashRecord, VersionRef } from "../../../core/records.ts";
import { formatVersion, specOf } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { VersionEdit } from "../../../protocol/edit-api.ts";
import type { AppState } from "../../state/app-state.ts";
import { editField } from "../../state/edit-actions.ts";
import { cutParent, cutRun, drawParent, redrawRun } from "../../state/line-actions.ts";
import { restoreEntry } from "../../state/restore-entry.ts";

/** What the history is read against: how things are now. */
export interface Present {
  readonly detail: VersionDetail;
  readonly trash: readonly TrashRecord[];
}

export interface WayBack {
  readonly label: "Undo" | "Put back";
  readonly run: (app: AppState) => Promise<void>;
}

/** The way back from an event, or `null` where there is none, or something newer stands there. */
export function wayBackFrom(event: EventRecord, present: Present): WayBack | null {
  switch (event.kind) {
    case "version-edited":
      return editBack(event, present);
    case "artifact-edited":
      return artifactBack(event, present);
    case "versions-deleted":
      return deleteBack(event, present);
    case "edge-added":
    case "edge-removed":
      return runLineBack(event, present);
    case "derivation-added":
    case "derivation-removed":
      return parentBack(event, present);
    default:
      return null;
  }
}

function editBack({ before, after }: EventRecord, { detail }: Present): WayBack | null {
  const [former, edited] = [editIn(before), editIn(after)];
  const { version } = detail;
  const fields = Object.keys(edited) as (keyof VersionEdit)[];
  const isAsLeft = fields.every((field) => isEqual(version[field], edited[field] ?? null));
  if (fields.length === 0 || !isAsLeft) return null;
  const said = `The former ${fields.join(", ")} of ${formatVersion(version.number)} is back.`;
  return undo((app) => editField(app, refOf(detail), former, edited, said));
}

function artifactBack({ before, after }: EventRecord, { detail }: Present): WayBack | null {
  const { project, name, tags, keep } = detail.artifact;
  const [formerTags, newTags] = [textsIn(before, "tags"), textsIn(after, "tags")];
  if (formerTags !== null && newTags !== null)
    return !isEqual(tags, newTags)
      ? null
      : undo(async ({ cairn, undo: done }) => {
          await cairn.store.setArtifactTags(project, name, formerTags, newTags);
          done.offer("The artifact's former tags are back.", async () => {
            await cairn.store.setArtifactTags(project, name, newTags, formerTags);
            return "The artifact's tags are as they were a moment ago.";
          });
        });
  const [formerRule, newRule] = [ruleIn(before), ruleIn(after)];
  if (formerRule === undefined || newRule === undefined) return null;
  if (!isEqual(jsonOf(keep), jsonOf(newRule))) return null;
  return undo(async ({ cairn, undo: done }) => {
    const deleted = await cairn.store.setKeep(project, name, formerRule, newRule);
    done.offer("The former keep rule is back.", async () => {
      await cairn.store.setKeep(project, name, newRule, formerRule);
      const restored = deleted === null ? "" : await restoreEntry(cairn.store, deleted.trash);
      return `The keep rule is as it was a moment ago. ${restored}`.trim();
    });
  });
}

function deleteBack({ after }: EventRecord, { trash }: Present): WayBack | null {
  const entry = trash.find(({ uid }) => uid === textIn(after, "trash"));
  if (entry === undefined) return null;
  return {
    label: "Put back",
    run: async ({ cairn, toasts }) => {
      toasts.show({ kind: "success", text: await restoreEntry(cairn.store, entry.uid) });
    },
  };
}

function runLineBack({ kind, before, after }: EventRecord, { detail }: Present): WayBack | null {
  const told = kind === "edge-added" ? after : before;
  const direction = textIn(told, "direction") === "input" ? "input" : "output";
  const uid = textIn(told, "run") as RunUid;
  const run = (direction === "input" ? detail.usedBy.items : detail.producedBy).find(
    (known) => known.uid === uid,
  );
  if (kind === "edge-added")
    return run === undefined ? null : undo((app) => cutRun(app, refOf(detail), run, direction));
  // Not every user of a version is listed: the store says if the line is there after all.
  return run !== undefined ? null : undo((app) => redrawRun(app, refOf(detail), uid, direction));
}

function parentBack({ kind, before, after }: EventRecord, { detail }: Present): WayBack | null {
  const name = textIn(kind === "derivation-added" ? after : before, "parentName");
  const parent = detail.derivedFrom.find((known) => specOf(known) === name);
  if (kind === "derivation-added")
    return parent === undefined ? null : undo((app) => cutParent(app, refOf(detail), parent));
  return parent !== undefined || name === ""
    ? null
    : undo((app) => drawParent(app, refOf(detail), name));
}

function undo(run: WayBack["run"]): WayBack {
  return { label: "Undo", run };
}

function refOf({ artifact, version }: VersionDetail): VersionRef {
  return { project: artifact.project, name: artifact.name, number: version.number };
}

function editIn(value: Json): VersionEdit {
  const [description, metadata, tags, pinned] = [
    valueIn(value, "description"),
    valueIn(value, "metadata"),
    textsIn(value, "tags"),
    valueIn(value, "pinned"),
  ];
  return {
    ...(typeof description === "string" && { description }),
    ...(metadata !== undefined && isJsonObject(metadata) && { metadata }),
    ...(tags !== null && { tags }),
    ...(typeof pinned === "boolean" && { pinned }),
  };
}

function textsIn(value: Json, key: string): readonly string[] | null {
  const found = valueIn(value, key);
  if (found === undefined || !isJsonArray(found)) return null;
  return found.filter((text) => typeof text === "string");
}

/** `undefined` where the event is about something else. */
function ruleIn(value: Json): KeepRule | null | undefined {
  const keep = valueIn(value, "keep");
  if (keep === undefined || keep === null) return keep;
  const [lastN, olderThanDays] = [numberIn(keep, "lastN"), numberIn(keep, "olderThanDays")];
  return { lastN: lastN || null, olderThanDays: olderThanDays || null };
}

function jsonOf(rule: KeepRule | null): Json {
  return rule === null ? null : { lastN: rule.lastN, olderThanDays: rule.olderThanDays };
}

function isEqual(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
