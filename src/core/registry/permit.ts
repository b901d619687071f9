// Refusals: who may do what, and how it is said to whoever may not [P6 P7].
import type { Problem } from "../errors.ts";
import type { Alias } from "../names.ts";
import type { VersionNumber } from "../version.ts";
import { formatPlace } from "./names.ts";
import type { MemberKey } from "./records.ts";
import { mayDo, PERMISSIONS, roleName, type Permission } from "./roles.ts";
import type { Collection, EventFault, Protection, RegistryState } from "./state.ts";
import { adminNames, aliasesOfLink, protectionOf, roleOf } from "./views.ts";

const ACTS: Readonly<Record<Permission, string>> = {
  look: "look at it",
  use: "use and download its versions",
  create_collection: "create a collection",
  edit_collection: "edit a collection",
  delete_collection: "delete or restore a collection",
  link: "link a version",
  unlink: "unlink a version",
  set_alias: "set, move or take off an alias",
  edit_tags: "change tags",
  ask_promotion: "ask for a promotion",
  set_protected_alias: "set, move or take off a protected alias",
  unlink_protected: "unlink what holds a protected alias",
  delete_protected_collection: "delete or restore a collection with a protected alias",
  manage_protection: "change its protected aliases",
  manage_members: "change its list of people",
  edit_settings: "change its settings",
  delete_registry: "delete or restore it",
};

/** Why somebody can't do something in a registry, or `null` when their role may [P7]. */
export function checkPermission(
  state: RegistryState,
  key: MemberKey | null,
  permission: Permission,
): Problem<"not_permitted"> | null {
  const role = roleOf(state, key);
  if (mayDo(role, permission)) return null;
  const data = {
    registry: state.name,
    act: ACTS[permission],
    role: roleName(role),
    needed: roleName(PERMISSIONS[permission]),
    who: adminNames(state),
  };
  return { code: "not_permitted", data };
}

/** What it takes to set, move or take off an alias [P2]. */
export function permissionFor(
  state: RegistryState,
  alias: string,
): "set_alias" | "set_protected_alias" {
  return protectionOf(state, alias) === null ? "set_alias" : "set_protected_alias";
}

/**
 * Why somebody can't set, move or take off an alias, or `null` [P2].
 *
 * @param act such as `move`
 */
export function checkAliasPermission(
  state: RegistryState,
  key: MemberKey,
  alias: string,
  act: string,
): Problem<"not_permitted" | "alias_protected"> | null {
  const protection = protectionOf(state, alias);
  if (protection === null) return checkPermission(state, key, "set_alias");
  const role = roleOf(state, key);
  if (mayDo(role, "set_protected_alias")) return null;
  const { name: registry } = state;
  const { pattern } = protection;
  const data = { registry, alias, pattern, act, role: roleName(role), who: adminNames(state) };
  return { code: "alias_protected", data };
}

/** Protected aliases that a link holds, by name. */
export function protectedOfLink(
  state: RegistryState,
  collection: Collection,
  number: VersionNumber,
): readonly Alias[] {
  return aliasesOfLink(collection, number).filter((alias) => protectionOf(state, alias) !== null);
}

/** Aliases of a collection that are protected, each with the entry that does it; by name. */
export function protectedOf(
  state: RegistryState,
  collection: Collection,
): readonly { readonly alias: Alias; readonly protection: Protection }[] {
  return [...collection.aliases.keys()].toSorted().flatMap((alias) => {
    const protection = protectionOf(state, alias);
    return protection === null ? [] : [{ alias, protection }];
  });
}

/** The refusal where protected aliases stand in the way of somebody who is no admin [P3]. */
export function heldProblem(
  state: RegistryState,
  collection: Collection,
  held: readonly Alias[],
  act: string,
  number?: VersionNumber,
): Problem<"protected_held"> {
  const selector = number === undefined ? undefined : `v${number}`;
  const data = {
    name: formatPlace(state.name, collection.name, selector),
    act,
    held: held.map((alias) => formatPlace(state.name, collection.name, alias)),
    who: adminNames(state),
  };
  return { code: "protected_held", data };
}

/** A fault for what a rule of the registry forbids. */
export function rule(problem: Problem): EventFault;
export function rule(problem: Problem | null): EventFault | null;
export function rule(problem: Problem | null): EventFault | null {
  return problem === null ? null : { kind: "rule", problem };
}

/** A fault for what was said to be so, and wasn't. */
export function stale(reason: string): EventFault {
  return { kind: "stale", reason };
}
