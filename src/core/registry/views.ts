// Questions about a registry's state that everybody asks.
import { CairnError } from "../errors.ts";
import { isReservedAlias, type Alias } from "../names.ts";
import type { VersionUid } from "../records.ts";
import type { VersionNumber } from "../version.ts";
import { formatPlace, matchesPattern, shortKey } from "./names.ts";
import type { AliasPattern, CollectionName, MemberFields, MemberKey } from "./records.ts";
import type { Role, Visibility } from "./roles.ts";
import type { Collection, Link, Member, Protection, RegistryState } from "./state.ts";

/** As much of a state as tells who is what. */
export interface People {
  readonly members: ReadonlyMap<MemberKey, MemberFields>;
  readonly visibility: Visibility;
}

/** What somebody is in a registry; who isn't listed is what its visibility says [P7]. */
export function roleOf({ members, visibility }: People, key: MemberKey | null): Role {
  const member = key === null ? undefined : members.get(key);
  return member?.role ?? (visibility === "open" ? "viewer" : "restricted");
}

/** Its admins, in the order they were added. */
export function adminsOf(state: RegistryState): readonly Member[] {
  return [...state.members.values()].filter(({ role }) => role === "admin");
}

/** Names of its admins, in order. */
export function adminNames(state: RegistryState): readonly string[] {
  return adminsOf(state).map(({ key }) => nameOf(state, key));
}

/** Live links, newest first. */
export function liveLinks(collection: Collection): readonly Link[] {
  return [...collection.links.values()]
    .filter(({ isLive }) => isLive)
    .toSorted((a, b) => b.number - a.number);
}

/** The highest live link's number: the holder of `latest` [G6]; `null` without one. */
export function latestLink(collection: Collection): VersionNumber | null {
  if (collection.liveNumbers.size === 0) return null;
  // Numbers have no gaps, and what was linked last is seldom unlinked.
  for (let number = collection.lastNumber ?? -1; number >= 0; number--) {
    const link = collection.links.get(number as VersionNumber);
    if (link?.isLive === true) return link.number;
  }
  return null;
}

/** Custom aliases that a link holds, by name. */
export function aliasesOfLink(collection: Collection, number: VersionNumber): readonly Alias[] {
  const held = [...collection.aliases].filter(([, holder]) => holder === number);
  return held.map(([alias]) => alias).toSorted();
}

/**
 * The entry that protects an alias: its own name first, else the first pattern in the order they
 * were added; `null` for none [P1].
 */
export function protectionOf(
  state: Pick<RegistryState, "protections">,
  alias: string,
): Protection | null {
  if (isReservedAlias(alias)) return null;
  const own = state.protections.get(alias as AliasPattern);
  if (own !== undefined) return own;
  for (const protection of state.protections.values())
    if (matchesPattern(protection.pattern, alias)) return protection;
  return null;
}

/** Live links to a source version, in live collections. */
export function linksTo(
  state: RegistryState,
  version: VersionUid,
): readonly { readonly collection: Collection; readonly link: Link }[] {
  if (state.isDeleted) return [];
  return [...state.collections.values()].flatMap((collection) => {
    const number = collection.isDeleted ? undefined : collection.liveNumbers.get(version);
    const link = number === undefined ? undefined : collection.links.get(number);
    return link === undefined ? [] : [{ collection, link }];
  });
}

/**
 * Somebody's name, or a short key for who isn't listed or has no name there. Anybody may change the
 * name they go by, so of two who have one name each is told by the key, too.
 */
export function nameOf({ members }: Pick<People, "members">, key: MemberKey): string {
  const name = members.get(key)?.name ?? "";
  if (name === "") return shortKey(key);
  for (const [other, { name: theirs }] of members)
    if (theirs === name && other !== key) return `${name} (${shortKey(key)})`;
  return name;
}

/** A live collection, or `undefined`. */
export function findLiveCollection(state: RegistryState, name: string): Collection | undefined {
  const collection = state.collections.get(name as CollectionName);
  return collection?.isDeleted === false ? collection : undefined;
}

/** A live collection. Throws `not_found`. */
export function getLiveCollection(
  state: RegistryState,
  name: string,
): Collection & { readonly name: CollectionName } {
  const collection = findLiveCollection(state, name);
  if (collection === undefined)
    throw new CairnError("not_found", { what: "collection", name: formatPlace(state.name, name) });
  return collection;
}
