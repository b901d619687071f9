// What an act of a log is about, to begin a sentence with.
import { assertNever } from "../../core/brand.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { CollectionName, RegistryAct } from "../../core/registry/records.ts";
import { formatVersion, specOf, type VersionNumber } from "../../core/version.ts";

/** Such as `“prod” on “registry-models/net:v2”`. */
export function subjectOf(act: RegistryAct, registry: string): string {
  const at = (collection: CollectionName, number?: VersionNumber): string =>
    `“${formatPlace(registry, collection, number === undefined ? undefined : formatVersion(number))}”`;
  switch (act.kind) {
    case "registry-created":
    case "registry-deleted":
    case "registry-restored":
    case "registry-edited":
      return `The registry “${registry}”, ${DONE[act.kind]}`;
    case "member-added":
      return `“${act.name}”, ${DONE[act.kind]}`;
    case "member-changed":
    case "member-removed":
      return `“${act.before.name}”, ${DONE[act.kind]}`;
    case "protection-added":
    case "protection-changed":
    case "protection-removed":
      return `The protected alias “${act.pattern}”, ${DONE[act.kind]}`;
    case "collection-created":
    case "collection-edited":
    case "collection-deleted":
    case "collection-restored":
      return `The collection ${at(act.collection)}, ${DONE[act.kind]}`;
    case "version-linked":
      return `“${specOf(act.source)}”, linked to ${at(act.collection)}`;
    case "version-unlinked":
    case "version-restored":
      return `${at(act.collection, act.number)}, ${DONE[act.kind]}`;
    case "alias-moved":
      return `The alias “${act.alias}”, put on ${at(act.collection, act.after)}`;
    case "alias-removed":
      return `The alias “${act.alias}”, taken off ${at(act.collection, act.before)}`;
    case "promotion-requested":
      return `A request for “${act.alias}” on ${at(act.collection, act.number)}`;
    case "promotion-settled":
      return `A request, ${act.outcome}`;
    default:
      return assertNever(act);
  }
}

const DONE = {
  "registry-created": "made",
  "registry-deleted": "deleted",
  "registry-restored": "restored",
  "registry-edited": "changed",
  "member-added": "added",
  "member-changed": "changed",
  "member-removed": "removed",
  "protection-added": "added",
  "protection-changed": "changed",
  "protection-removed": "removed",
  "collection-created": "made",
  "collection-edited": "edited",
  "collection-deleted": "deleted",
  "collection-restored": "restored",
  "version-unlinked": "unlinked",
  "version-restored": "linked again",
} as const;
