// Places in registries as the API shows them: collections' versions that point to a project's.
import type { AliasMove } from "../../core/alias.ts";
import { formatPlace } from "../../core/registry/names.ts";
import { formatVersion } from "../../core/version.ts";
import type { DownloadVia } from "../../protocol/downloads.ts";
import type { Linked, LinkPlace } from "../../protocol/registry-link-api.ts";

/** A collection's version that points to an artifact's. */
export interface ArtifactLink {
  /** What the registry is called here. */
  readonly registry: string;
  readonly collection: string;
  /** In the collection, which counts on its own: such as `"v2"`. */
  readonly version: string;
  /** Those it holds in the collection, `latest` first. */
  readonly aliases: readonly string[];
  /** Those of them that only an Admin may move or take off. */
  readonly protectedAliases: readonly string[];
  /** `registry-models/my-model:v2`, which names it for good. */
  readonly qualifiedName: string;
}

/** How to link. */
export interface LinkOptions {
  /** Aliases to put on it in the collection; they are taken from their holders. */
  readonly aliases?: readonly string[];
}

/** What linking did. */
export interface LinkedArtifact {
  /** What the registry is called here. */
  readonly registry: string;
  readonly collection: string;
  /** In the collection, such as `2`. */
  readonly number: number;
  /** The same as {@link LinkedArtifact.number}, as it is written: `"v2"`. */
  readonly version: string;
  /** `registry-models/my-model:v2`, for `useArtifact`. */
  readonly qualifiedName: string;
  /** `project/name:v3`: the version it points to. */
  readonly source: string;
  /** False when it was linked there already: then only the aliases given were moved. */
  readonly isNew: boolean;
  /** The collection was made by this. */
  readonly isNewCollection: boolean;
  /** Aliases that moved, `latest` among them. */
  readonly moves: readonly AliasMove[];
  /** What was given is a link, as this spec says, and its source was linked instead; `null` otherwise. */
  readonly followedLink: string | null;
}

/** A place as callers see it. */
export function linkOf({ registry, collection, number, aliases }: LinkPlace): ArtifactLink {
  const version = formatVersion(number);
  return {
    registry,
    collection,
    version,
    aliases: aliases.map(({ alias }) => alias),
    protectedAliases: aliases.flatMap(({ alias, isProtected }) => (isProtected ? [alias] : [])),
    qualifiedName: formatPlace(registry, collection, version),
  };
}

/** A place as downloads take it. */
export function viaOf({ registry, collection, number }: LinkPlace): DownloadVia {
  return { registry, collection, number };
}

/** What linking did, as callers see it. */
export function linkedOf({ source, ...linked }: Linked): LinkedArtifact {
  const { registry, collection, number } = linked;
  const version = formatVersion(number);
  return {
    ...linked,
    version,
    qualifiedName: formatPlace(registry, collection, version),
    source: `${source.project}/${source.name}:${formatVersion(source.number)}`,
  };
}
