// Own acts done once more on a state that others went on with meanwhile [S4].
import { assertNever } from "../../core/brand.ts";
import type { ArtifactType } from "../../core/names.ts";
import type { ActOf, CollectionName, RegistryAct } from "../../core/registry/records.ts";
import { isSame, pickLike } from "../../core/registry/same.ts";
import type { Collection, RegistryState } from "../../core/registry/state.ts";
import { aliasesOfLink, findLiveCollection, protectionOf } from "../../core/registry/views.ts";
import { nextVersion, type VersionNumber } from "../../core/version.ts";

/**
 * An act as it is to be said now: what was is what is there by now, numbers are those that its
 * versions have by now, and what it wished for is the same. Whether it is allowed is for `judge`.
 * `null` where it is so already.
 *
 * @param then the state that the act was done in, or a later one of that log
 */
export function sayAgain(
  act: RegistryAct,
  then: RegistryState,
  now: RegistryState,
): RegistryAct | null {
  switch (act.kind) {
    case "registry-created":
    case "promotion-settled":
      return act;
    case "registry-deleted":
      return now.isDeleted ? null : act;
    case "registry-restored":
      return now.isDeleted ? act : null;
    case "registry-edited":
      return editAgain(act, now);
    case "member-added":
    case "member-changed":
    case "member-removed":
      return personAgain(act, now);
    case "protection-added":
    case "protection-changed":
    case "protection-removed":
      return protectionAgain(act, now);
    case "collection-created":
    case "collection-edited":
    case "collection-deleted":
    case "collection-restored":
      return collectionAgain(act, now);
    default:
      return linkAgain(act, then, now);
  }
}

function editAgain(act: ActOf<"registry-edited">, now: RegistryState): RegistryAct | null {
  const { description, types, visibility } = now;
  const after = { ...act.after };
  // Types only grow: what others added stays.
  if (after.types !== undefined && after.types.length > 0 && types.length > 0)
    after.types = [...new Set<ArtifactType>([...types, ...after.types])];
  const before = pickLike(after, { description, types, visibility });
  return isSame(before, after) ? null : { kind: act.kind, before, after };
}

function personAgain(
  act: ActOf<"member-added" | "member-changed" | "member-removed">,
  now: RegistryState,
): RegistryAct | null {
  const found = now.members.get(act.member);
  if (act.kind === "member-added") {
    const { role } = act;
    return found?.role === role ? null : act;
  }
  if (found === undefined) return act.kind === "member-removed" ? null : act;
  const before = { name: found.name, role: found.role };
  if (act.kind === "member-removed") return { ...act, before };
  const after = {
    name: act.after.name === act.before.name ? before.name : act.after.name,
    role: act.after.role === act.before.role ? before.role : act.after.role,
  };
  return isSame(before, after) ? null : { ...act, before, after };
}

function protectionAgain(
  act: ActOf<"protection-added" | "protection-changed" | "protection-removed">,
  now: RegistryState,
): RegistryAct | null {
  const found = now.protections.get(act.pattern);
  if (act.kind === "protection-added")
    return found !== undefined && isSame(found.condition, act.condition) ? null : act;
  if (found === undefined) return act.kind === "protection-removed" ? null : act;
  const { condition: before } = found;
  if (act.kind === "protection-removed") return { ...act, before };
  return isSame(before, act.after) ? null : { ...act, before };
}

function collectionAgain(
  act: ActOf<
    "collection-created" | "collection-edited" | "collection-deleted" | "collection-restored"
  >,
  now: RegistryState,
): RegistryAct | null {
  const found = now.collections.get(act.collection);
  switch (act.kind) {
    case "collection-created": {
      const isThere = found?.isDeleted === false && found.type === act.type;
      if (!isThere) return act;
      // Two made it at once: what each says of it is said.
      const card = act.card === "" ? found.card : act.card;
      const tags = [...new Set([...found.tags, ...act.tags])];
      return editOf(act.collection, found, { card, tags });
    }
    case "collection-edited":
      return found === undefined ? act : editOf(act.collection, found, act.after);
    case "collection-deleted":
      return found?.isDeleted === true ? null : act;
    case "collection-restored":
      return found?.isDeleted === false ? null : act;
    default:
      return assertNever(act);
  }
}

function editOf(
  collection: CollectionName,
  { card, tags }: Collection,
  after: ActOf<"collection-edited">["after"],
): RegistryAct | null {
  const before = pickLike(after, { card, tags });
  if (isSame(before, after)) return null;
  return { kind: "collection-edited", collection, before, after };
}

type LinkAct = ActOf<
  | "version-linked"
  | "version-unlinked"
  | "version-restored"
  | "alias-moved"
  | "alias-removed"
  | "promotion-requested"
>;

function linkAgain(act: LinkAct, then: RegistryState, now: RegistryState): RegistryAct | null {
  const collection = findLiveCollection(now, act.collection);
  if (collection === undefined) return act;
  if (act.kind === "version-linked") {
    const number = nextVersion(collection.lastNumber);
    // Linked there by somebody else meanwhile, which a judge would call stale: one link is enough.
    return collection.liveNumbers.has(act.source.version) ? null : { ...act, number };
  }
  if (act.kind === "alias-removed") {
    const before = collection.aliases.get(act.alias);
    return before === undefined ? null : { ...act, before };
  }
  const said = act.kind === "alias-moved" ? act.after : act.number;
  const number = numberNow(then, collection, said);
  switch (act.kind) {
    case "version-unlinked":
      if (collection.links.get(number)?.isLive !== true) return null;
      return { ...act, number, aliases: aliasesOfLink(collection, number) };
    case "version-restored":
      return collection.links.get(number)?.isLive === true ? null : { ...act, number };
    case "promotion-requested":
      return { ...act, number };
    case "alias-moved": {
      const before = collection.aliases.get(act.alias) ?? null;
      if (before === number) return null;
      const condition = protectionOf(now, act.alias)?.condition ?? null;
      const evidence = condition === null ? null : (act.evidence ?? { metadata: {}, tags: [] });
      return { ...act, before, after: number, evidence };
    }
    default:
      return assertNever(act);
  }
}

/** The number that the version meant has by now; the one said where that is known nowhere. */
function numberNow(
  then: RegistryState,
  collection: Collection,
  said: VersionNumber,
): VersionNumber {
  const version = then.collections.get(collection.name)?.links.get(said)?.source.version;
  if (version === undefined || collection.links.get(said)?.source.version === version) return said;
  const live = collection.liveNumbers.get(version);
  if (live !== undefined) return live;
  const former = [...collection.links.values()].findLast(
    ({ source }) => source.version === version,
  );
  return former?.number ?? collection.lastNumber ?? said;
}
