// An act of a registry's log as a sentence without its subject: `moved production in my-model: v1 → v2`.
import { formatCondition, type Condition } from "../../../../core/registry/condition.ts";
import type {
  CollectionDetails,
  MemberKey,
  PromotionAsk,
  RegistryAct,
  RegistryActKind,
  RegistrySettings,
  RequestUid,
} from "../../../../core/registry/records.ts";
import { roleName } from "../../../../core/registry/roles.ts";
import { formatVersion, type VersionNumber } from "../../../../core/version.ts";

/** What the words need beside the act. */
export interface ActContext {
  /** What somebody is called. */
  nameOf(key: MemberKey): string;
  /** What a request asks for; `null` where nobody knows. */
  askOf(request: RequestUid): Pick<PromotionAsk, "alias" | "collection" | "number"> | null;
}

/** Each kind of act, as a filter calls it. */
export const ACT_NAMES: Readonly<Record<RegistryActKind, string>> = {
  "alias-moved": "Alias put or moved",
  "alias-removed": "Alias removed",
  "version-linked": "Version linked",
  "version-unlinked": "Version unlinked",
  "version-restored": "Link restored",
  "promotion-requested": "Promotion asked for",
  "promotion-settled": "Request settled",
  "collection-created": "Collection made",
  "collection-edited": "Collection edited",
  "collection-deleted": "Collection deleted",
  "collection-restored": "Collection restored",
  "protection-added": "Protection added",
  "protection-changed": "Protection changed",
  "protection-removed": "Protection removed",
  "member-added": "Person added",
  "member-changed": "Person changed",
  "member-removed": "Person removed",
  "registry-created": "Registry made",
  "registry-edited": "Settings changed",
  "registry-deleted": "Registry deleted",
  "registry-restored": "Registry restored",
};

/** What was done, with the old and the new value. */
export function describeAct(act: RegistryAct, { nameOf, askOf }: ActContext): string {
  switch (act.kind) {
    case "registry-created":
      return `made the registry ${act.name}`;
    case "registry-edited":
      return `changed ${settingsChange(act.before, act.after)}`;
    case "registry-deleted":
      return "deleted the registry";
    case "registry-restored":
      return "restored the registry";
    case "member-added":
      return `added ${act.name} as ${roleName(act.role)}`;
    case "member-changed": {
      const { before, after } = act;
      const renamed = before.name === after.name ? [] : [`name of ${before.name} → ${after.name}`];
      const moved =
        before.role === after.role
          ? []
          : [`role of ${after.name}: ${roleName(before.role)} → ${roleName(after.role)}`];
      return `changed ${[...renamed, ...moved].join("; ")}`;
    }
    case "member-removed":
      return `removed ${act.before.name} (${roleName(act.before.role)})`;
    case "protection-added":
      return `protected ${act.pattern}${act.condition === null ? "" : `, if ${conditionText(act.condition)}`}`;
    case "protection-changed":
      return `changed the condition of ${act.pattern}: ${conditionText(act.before)} → ${conditionText(act.after)}`;
    case "protection-removed":
      return `took ${act.pattern} off the protected aliases`;
    case "collection-created":
      return `made the collection ${act.collection} of type ${act.type}`;
    case "collection-edited":
      return `edited ${act.collection}: ${detailsChange(act.before, act.after)}`;
    case "collection-deleted":
      return `deleted the collection ${act.collection}`;
    case "collection-restored":
      return `restored the collection ${act.collection}`;
    case "version-linked": {
      const { project, name, number } = act.source;
      return `linked ${project}/${name}:${formatVersion(number)} as ${at(act)}`;
    }
    case "version-unlinked":
      return `unlinked ${at(act)}${act.aliases.length === 0 ? "" : `, and ${act.aliases.join(", ")} with it`}`;
    case "version-restored":
      return `linked ${at(act)} again`;
    case "alias-moved":
      return act.before === null
        ? `put ${act.alias} on ${act.collection}:${formatVersion(act.after)}`
        : `moved ${act.alias} in ${act.collection}: ${formatVersion(act.before)} → ${formatVersion(act.after)}`;
    case "alias-removed":
      return `removed ${act.alias} from ${act.collection}:${formatVersion(act.before)}`;
    case "promotion-requested":
      return `asked for ${act.alias} on ${at(act)}${said(act.note)}`;
    case "promotion-settled": {
      const ask = act.signed?.ask ?? askOf(act.request);
      const what = ask === null ? "a request" : `the request for ${ask.alias} on ${at(ask)}`;
      const by = act.signed === null ? "" : ` that ${nameOf(act.signed.actor)} sent as a file`;
      return `${act.outcome} ${what}${by}${said(act.note)}`;
    }
    // A newer Cairn may have written into the same log.
    default:
      return "did something that this Cairn doesn't know";
  }
}

/** The protected names an act is about, for its lock: the alias it moves, or the entry it changes. */
export function aliasOfAct(act: RegistryAct): string | null {
  return act.kind === "alias-moved" || act.kind === "alias-removed" ? act.alias : null;
}

function at({
  collection,
  number,
}: {
  readonly collection: string;
  readonly number: VersionNumber;
}): string {
  return `${collection}:${formatVersion(number)}`;
}

function said(note: string): string {
  return note === "" ? "" : `: “${note}”`;
}

function conditionText(condition: Condition | null): string {
  return condition === null ? "none" : formatCondition(condition).split("\n").join(", ");
}

function settingsChange(
  before: Partial<RegistrySettings>,
  after: Partial<RegistrySettings>,
): string {
  const changes: string[] = [];
  if (after.description !== undefined)
    changes.push(`description: ${quoted(before.description)} → ${quoted(after.description)}`);
  if (after.types !== undefined)
    changes.push(`types: ${listed(before.types, "all")} → ${listed(after.types, "all")}`);
  if (after.visibility !== undefined)
    changes.push(`visibility: ${before.visibility ?? "?"} → ${after.visibility}`);
  return changes.join("; ");
}

function detailsChange(
  before: Partial<CollectionDetails>,
  after: Partial<CollectionDetails>,
): string {
  const changes: string[] = [];
  if (after.tags !== undefined)
    changes.push(`tags: ${listed(before.tags, "none")} → ${listed(after.tags, "none")}`);
  if (after.card !== undefined)
    changes.push(`card: ${(before.card ?? "").length} → ${after.card.length} characters`);
  return changes.join("; ");
}

function quoted(text = ""): string {
  return text === "" ? "none" : `“${text}”`;
}

function listed(values: readonly string[] | undefined, none: string): string {
  return values === undefined || values.length === 0 ? none : values.join(", ");
}
