// Which aliases the links of a collection hold, as people see them.
import { LATEST } from "../../core/names.ts";
import type { Collection, RegistryState } from "../../core/registry/state.ts";
import { latestLink, protectionOf } from "../../core/registry/views.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { LinkAlias } from "../../protocol/registry-link-api.ts";

/** A collection's aliases without `latest`, by name. */
export function customAliases(state: RegistryState, collection: Collection): readonly LinkAlias[] {
  return [...collection.aliases]
    .map(([alias, number]) => ({
      alias,
      number,
      isProtected: protectionOf(state, alias) !== null,
    }))
    .toSorted((a, b) => (a.alias < b.alias ? -1 : 1));
}

/** What each link of a collection holds: `latest` first, then by name. */
export function aliasesByLink(
  state: RegistryState,
  collection: Collection,
): ReadonlyMap<VersionNumber, readonly LinkAlias[]> {
  const held = new Map<VersionNumber, LinkAlias[]>();
  const latest = latestLink(collection);
  if (latest !== null) held.set(latest, [{ alias: LATEST, number: latest, isProtected: false }]);
  for (const alias of customAliases(state, collection)) {
    const others = held.get(alias.number);
    if (others === undefined) held.set(alias.number, [alias]);
    else others.push(alias);
  }
  return held;
}
