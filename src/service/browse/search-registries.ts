// What of registries a search looks through: their names, and the collections', tags and aliases.
import type { RegistryName } from "../../core/registry/records.ts";
import type { CollectionHit } from "../../protocol/browse-api.ts";
import type { NamedCollection, RegistryNames } from "./registry-reader.ts";
import type { Entry } from "./search-catalog.ts";

export interface RegistryEntries {
  readonly registries: readonly Entry<RegistryName>[];
  readonly collections: readonly Entry<CollectionHit>[];
  readonly collectionTags: readonly Entry<CollectionHit>[];
  /** Without `latest`, which every collection with a link has. */
  readonly linkAliases: readonly Entry<CollectionHit>[];
}

/**
 * The texts of registries as they are.
 *
 * @param isPlaced collections and aliases go by their whole spec, such as `registry-r/c:prod`
 */
export function registryEntries(
  { registries, collections }: RegistryNames,
  isPlaced = false,
): RegistryEntries {
  return {
    registries: registries.map((name) => entry(name, name)),
    collections: collections.map((one) => {
      const hit = { ...hitOf(one), by: "name", text: one.collection, number: null } as const;
      return entry(isPlaced ? placeOf(one) : one.collection, hit);
    }),
    collectionTags: collections.flatMap((one) =>
      one.tags.map((text) => entry(text, { ...hitOf(one), by: "tag", text, number: null })),
    ),
    linkAliases: collections.flatMap((one) =>
      Array.from(one.aliases, ([text, number]) =>
        entry(isPlaced ? `${placeOf(one)}:${text}` : text, {
          ...hitOf(one),
          by: "alias",
          text,
          number,
        }),
      ),
    ),
  };
}

function hitOf({
  registry,
  collection,
}: NamedCollection): Pick<CollectionHit, "kind" | "registry" | "collection"> {
  return { kind: "collection", registry, collection };
}

function placeOf({ registry, collection }: NamedCollection): string {
  return `registry-${registry}/${collection}`;
}

function entry<T>(text: string, of: T): Entry<T> {
  return { text: text.toLowerCase(), of };
}
