// Registries, collections, links and requests in short, as lists show them.
import type { MemberKey } from "../../core/registry/records.ts";
import { permissionFor } from "../../core/registry/permit.ts";
import { mayDo } from "../../core/registry/roles.ts";
import type {
  Collection,
  Link,
  PromotionRequest,
  RegistryState,
} from "../../core/registry/state.ts";
import { latestLink, nameOf, roleOf } from "../../core/registry/views.ts";
import { nextVersion } from "../../core/version.ts";
import type {
  CollectionSummary,
  LinkAlias,
  LinkView,
  RegistrySummary,
  RequestView,
} from "../../protocol/registry-link-api.ts";
import { customAliases } from "./held-aliases.ts";
import type { OpenRegistry } from "./read-registry.ts";

/** A registry in a list. */
export function summarizeRegistry(
  { record, fold, state }: OpenRegistry,
  me: MemberKey | null,
): RegistrySummary {
  const live = [...state.collections.values()].filter(({ isDeleted }) => !isDeleted);
  const { uid, description, types, visibility, createdAt, updatedAt, isDeleted } = state;
  return {
    uid,
    name: record.name,
    description,
    types,
    visibility,
    createdAt,
    updatedAt,
    isDeleted,
    collections: live.length,
    links: live.reduce((sum, { liveNumbers }) => sum + liveNumbers.size, 0),
    members: state.members.size,
    role: roleOf(state, me),
    openRequests: [...state.requests.values()].filter(({ settled }) => settled === null).length,
    faults: fold.faults.size,
  };
}

/** A collection in a list. */
export function summarizeCollection(
  state: RegistryState,
  collection: Collection,
): CollectionSummary {
  const { name, type, tags, createdAt, updatedAt } = collection;
  return {
    name,
    type,
    tags,
    createdAt,
    updatedAt,
    links: collection.liveNumbers.size,
    latest: latestLink(collection),
    next: nextVersion(collection.lastNumber),
    aliases: customAliases(state, collection),
  };
}

/** One version of a collection. */
export function viewLink(
  state: RegistryState,
  { number, source, linkedAt, linkedBy }: Link,
  aliases: readonly LinkAlias[],
  here: LinkView["here"] | undefined,
): LinkView {
  return {
    number,
    source,
    linkedAt,
    linkedBy,
    linkedByName: nameOf(state, linkedBy),
    aliases,
    here: here ?? null,
  };
}

/** A request with what a person needs to judge it. */
export function viewRequest(
  state: RegistryState,
  request: PromotionRequest,
  me: MemberKey | null,
): RequestView {
  const collection = state.collections.get(request.collection);
  const isHere = collection !== undefined && !collection.isDeleted;
  const isOpen = request.settled === null && !state.isDeleted;
  return {
    ...request,
    askedByName: nameOf(state, request.askedBy),
    holder: isHere ? (collection.aliases.get(request.alias) ?? null) : null,
    maySettle:
      isOpen && me !== null && mayDo(roleOf(state, me), permissionFor(state, request.alias)),
    isOwn: request.askedBy === me,
  };
}
