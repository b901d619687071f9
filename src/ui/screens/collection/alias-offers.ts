// Aliases that a collection's version could be given: those that stand elsewhere, and the names its registry protects.
import { LATEST, type Alias } from "../../../core/names.ts";
import { matchesPattern } from "../../../core/registry/names.ts";
import type { VersionNumber } from "../../../core/version.ts";
import type { CollectionDetail, LinkView } from "../../../protocol/registry-link-api.ts";

export interface AliasOffer {
  readonly alias: string;
  readonly isProtected: boolean;
  /** Who holds it now. */
  readonly holder: VersionNumber | null;
}

/** Protected names first, then the aliases on other versions, each by name. */
export function offersFor(
  { aliases, protectionList }: Pick<CollectionDetail, "aliases" | "protectionList">,
  { aliases: own }: Pick<LinkView, "aliases">,
): readonly AliasOffer[] {
  const held = new Set<string>([LATEST, ...own.map(({ alias }) => alias)]);
  const holders = new Map<string, VersionNumber>(
    aliases.map(({ alias, number }) => [alias as string, number]),
  );
  const exact = protectionList
    .map(({ pattern }) => pattern as string)
    .filter((pattern) => !/[*?]/.test(pattern));
  return [...new Set([...exact, ...holders.keys()])]
    .filter((alias) => !held.has(alias))
    .map((alias) => ({
      alias,
      isProtected: isProtected(protectionList, alias),
      holder: holders.get(alias) ?? null,
    }))
    .toSorted(
      (a, b) => Number(b.isProtected) - Number(a.isProtected) || (a.alias < b.alias ? -1 : 1),
    );
}

/** Whether a registry's rules cover an alias [P1]. */
export function isProtected(
  protectionList: CollectionDetail["protectionList"],
  alias: Alias | string,
): boolean {
  return protectionList.some(({ pattern }) => matchesPattern(pattern, alias));
}
