// A registry's page: which collections are shown, and what each protection covers.
import { protectionOf } from "../../core/registry/views.ts";
import type { AliasPattern } from "../../core/registry/records.ts";
import type {
  CollectionSummary,
  LinkAlias,
  RegistryDetail,
  RegistrySummary,
} from "../../protocol/registry-link-api.ts";
import { formatCount } from "../parts/format.ts";
import type { RegistryRoute } from "../router.ts";

/** The tags that the URL asks for, each once. */
export function tagsOf(text: string): readonly string[] {
  return [...new Set(text.split(",").filter((tag) => tag !== ""))];
}

/** Those of a type, with all the tags asked for, whose name, type, aliases or tags contain the text. */
export function shownCollections(
  collections: readonly CollectionSummary[],
  { type, tag, query }: Pick<RegistryRoute, "type" | "tag" | "query">,
): readonly CollectionSummary[] {
  const tags = tagsOf(tag);
  const wanted = query.trim().toLowerCase();
  return collections.filter(
    (collection) =>
      (type === "" || collection.type === type) &&
      tags.every((asked) => collection.tags.some((held) => held === asked)) &&
      textsOf(collection).some((text) => text.toLowerCase().includes(wanted)),
  );
}

function textsOf({ name, type, aliases, tags }: CollectionSummary): readonly string[] {
  return [name, type, ...aliases.map(({ alias }) => alias), ...tags];
}

/** An alias that an entry protects, and where. */
export interface Covered {
  readonly collection: string;
  readonly held: LinkAlias;
}

/** What each entry of the list protects now, by its pattern [P1]. */
export function coverage({
  collectionList,
  protectionList,
}: Pick<RegistryDetail, "collectionList" | "protectionList">): ReadonlyMap<
  AliasPattern,
  readonly Covered[]
> {
  const covered = new Map<AliasPattern, Covered[]>(
    protectionList.map(({ pattern }) => [pattern, []]),
  );
  // The first pattern that was added counts, and the list is by pattern.
  const added = protectionList.toSorted(
    (a, b) => Number(a.addedAt > b.addedAt) - Number(a.addedAt < b.addedAt),
  );
  const protections = new Map(added.map((entry) => [entry.pattern, entry]));
  for (const { name, aliases } of collectionList)
    for (const held of aliases) {
      const entry = held.isProtected ? protectionOf({ protections }, held.alias) : null;
      if (entry !== null) covered.get(entry.pattern)?.push({ collection: name, held });
    }
  return covered;
}

/** `3 collections · 12 linked versions · 2 people`. */
export function describeCounts({
  collections,
  links,
  members,
}: Pick<RegistrySummary, "collections" | "links" | "members">): string {
  return [
    formatCount(collections, "collection"),
    formatCount(links, "linked version"),
    formatCount(members, "person", "people"),
  ].join(" · ");
}
