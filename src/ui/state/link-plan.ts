// What a link would be, from what a person chose and typed: which registries take it, what is wrong, what comes of it.
import { showHidden, type Problem } from "../../core/errors.ts";
import { checkName } from "../../core/names.ts";
import { formatPlace } from "../../core/registry/names.ts";
import { mayDo, roleName } from "../../core/registry/roles.ts";
import type { Protection } from "../../core/registry/state.ts";
import { protectionOf } from "../../core/registry/views.ts";
import { formatVersion } from "../../core/version.ts";
import type {
  CollectionSummary,
  LinkPlace,
  RegistryDetail,
  RegistrySummary,
} from "../../protocol/registry-link-api.ts";

/** A registry, and why a version can't be linked there; `""` when it can. */
export interface RegistryChoice {
  readonly name: string;
  readonly reason: string;
}

/** The registries to choose from; those that can't be come last, with the reason [G2 P7]. */
export function registryChoices(
  registries: readonly RegistrySummary[],
  type: string,
): readonly RegistryChoice[] {
  const choices = registries
    .filter(({ isDeleted }) => !isDeleted)
    .map((registry) => ({ name: registry.name, reason: reasonAgainst(registry, type) }));
  return choices.toSorted((a, b) => Number(a.reason !== "") - Number(b.reason !== ""));
}

function reasonAgainst({ types, role }: RegistrySummary, type: string): string {
  if (types.length > 0 && !types.some((taken) => taken === type))
    return `takes ${types.map(showHidden).join(", ")}, not ${showHidden(type)}`;
  return mayDo(role, "link") ? "" : `you are ${roleName(role)} there, and linking takes Member`;
}

const TARGET = /^(?:(?:wandb-)?registry-)?([^/]*)\/(.*)$/s;

/** A whole target in the field of a collection, such as `registry-models/net`; `null` for a mere name. */
export function splitTarget(
  text: string,
): { readonly registry: string; readonly collection: string } | null {
  const [, registry = "", collection = ""] = TARGET.exec(text.trim()) ?? [];
  return registry === "" ? null : { registry, collection };
}

/** Collections a version of the type can be linked to. */
export function fitting(
  { collectionList }: Pick<RegistryDetail, "collectionList">,
  type: string,
): readonly CollectionSummary[] {
  return collectionList.filter((collection) => collection.type === type);
}

/** What is wrong with a collection's name, or `null` [G3 N1]; a blank one is no problem to be told of yet. */
export function collectionProblem(
  name: string,
  registry: Pick<RegistryDetail, "collectionList"> | null,
  type: string,
): Problem<"invalid_name" | "type_mismatch"> | null {
  if (name === "") return null;
  const existing = registry?.collectionList.find((collection) => collection.name === name);
  if (existing !== undefined && existing.type !== type)
    return { code: "type_mismatch", data: { name, existing: existing.type, given: type } };
  return checkName("collection", name);
}

/** Whether a registry's rules cover an alias [P1]. */
export function isProtectedIn(registry: RegistryDetail | null, alias: string): boolean {
  return findEntry(registry, alias) !== null;
}

/** Why the person can't set an alias there, or `null` when they may [P2 P6]. */
export function aliasRefusal(
  registry: RegistryDetail | null,
  alias: string,
): Problem<"alias_protected"> | null {
  const entry = findEntry(registry, alias);
  if (registry === null || entry === null) return null;
  const { name, role, memberList } = registry;
  if (mayDo(role, "set_protected_alias")) return null;
  const who = memberList.filter((member) => mayDo(member.role, "set_protected_alias"));
  return {
    code: "alias_protected",
    data: {
      registry: name,
      alias,
      pattern: entry.pattern,
      act: "set",
      role: roleName(role),
      who: who.map((member) => member.name),
    },
  };
}

/** Aliases to offer: protected names first, then those held in the collection. */
export function offeredAliases(
  registry: RegistryDetail | null,
  collection: string,
  given: readonly string[],
): readonly string[] {
  if (registry === null) return [];
  const names = registry.protectionList
    .map(({ pattern }) => pattern as string)
    .filter((pattern) => !/[*?]/.test(pattern));
  const held = registry.collectionList.find(({ name }) => name === collection)?.aliases ?? [];
  return [...new Set([...names, ...held.map(({ alias }) => alias as string)])].filter(
    (alias) => !given.includes(alias) && aliasRefusal(registry, alias) === null,
  );
}

export interface LinkWish {
  readonly registry: string;
  readonly isNewRegistry: boolean;
  readonly collection: string;
  readonly aliases: readonly string[];
  readonly type: string;
}

/** What comes of a link, in sentences; `""` as long as too little is said. */
export function describeOutcome(
  { registry, isNewRegistry, collection, aliases, type }: LinkWish,
  detail: Pick<RegistryDetail, "collectionList"> | null,
  links: readonly LinkPlace[],
): string {
  if (registry === "" || collection === "") return "";
  const place = showHidden(formatPlace(registry, collection));
  if (isNewRegistry)
    return `This makes the registry ${showHidden(registry)}, with you as its Admin, and in it the collection ${showHidden(collection)} with this version as its first.`;
  const existing = detail?.collectionList.find(({ name }) => name === collection);
  if (detail === null) return "";
  if (existing === undefined)
    return `This makes the collection ${place}, for ${showHidden(type)}, with this version as its first.`;
  const known = links.find((link) => link.registry === registry && link.collection === collection);
  const number = known?.number ?? existing.next;
  const moves = aliases.flatMap((alias) => {
    const held = existing.aliases.find((other) => other.alias === alias);
    return held === undefined || held.number === number
      ? []
      : [`${showHidden(alias)} moves here from ${formatVersion(held.number)}.`];
  });
  const what =
    known === undefined
      ? `It becomes ${formatVersion(number)} of ${place}, and its latest.`
      : `It is ${formatVersion(number)} of ${place} already${aliases.length === 0 ? "." : "; only aliases change."}`;
  return [what, ...moves].join(" ");
}

/** The entry that protects an alias, or `null` [P1]. */
function findEntry(registry: RegistryDetail | null, alias: string): Protection | null {
  // The first pattern that was added counts, and the list is by pattern.
  const added = (registry?.protectionList ?? []).toSorted(
    (a, b) => Number(a.addedAt > b.addedAt) - Number(a.addedAt < b.addedAt),
  );
  return protectionOf(
    { protections: new Map(added.map((entry) => [entry.pattern, entry])) },
    alias,
  );
}
