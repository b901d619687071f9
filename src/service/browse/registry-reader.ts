// What reading and deleting ask of registries, and the answers where there is none.
import { CairnError } from "../../core/errors.ts";
import type { Alias } from "../../core/names.ts";
import type { VersionUid } from "../../core/records.ts";
import type { CollectionName, LinkSource, RegistryName } from "../../core/registry/records.ts";
import type { Spec } from "../../core/spec.ts";
import type { Tag } from "../../core/tags.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { LinkPlace } from "../../protocol/registry-link-api.ts";
import type { StoreName } from "../../store/schema.ts";
import type { ReadTx } from "../../store/transaction.ts";

/** The stores that a {@link RegistryReader} reads. */
export const READER_STORES = [
  "registries",
  "registryEvents",
  "identity",
] as const satisfies StoreName[];
export type ReaderTx = ReadTx<(typeof READER_STORES)[number]>;

export type CollectionSpec = Extract<Spec, { kind: "collection" }>;
/** Places that link versions, by registry and collection; those of none are left out. */
export type Places = ReadonlyMap<VersionUid, readonly LinkPlace[]>;

/** A collection's version, and what it points to. */
export interface FoundLink {
  readonly source: LinkSource;
  /** As it is now; without aliases where it was unlinked since. */
  readonly place: LinkPlace;
}

/** A collection by what it can be found by. */
export interface NamedCollection {
  readonly registry: RegistryName;
  readonly collection: CollectionName;
  readonly tags: readonly Tag[];
  /** Without `latest`. */
  readonly aliases: ReadonlyMap<Alias, VersionNumber>;
}

/** Live registries and collections, by name. */
export interface RegistryNames {
  readonly registries: readonly RegistryName[];
  readonly collections: readonly NamedCollection[];
}

/** Registries as they are in the caller's transaction. */
export interface RegistryReader {
  /** The link that a spec names, now or at the time it says [N7 E4]. Throws `not_found`. */
  findLink(tx: ReaderTx, spec: CollectionSpec): Promise<FoundLink>;
  /** Throws `not_permitted` unless the person of this browser may use what a registry links [P7]; `not_found`. */
  checkMayUse(tx: ReaderTx, registry: string): Promise<void>;
  placesOf(tx: ReaderTx, versions: readonly VersionUid[]): Promise<Places>;
  listNames(tx: ReaderTx): Promise<RegistryNames>;
}

const NO_PLACES: Places = new Map();
const NO_NAMES: RegistryNames = { registries: [], collections: [] };

/** Reads nothing: for a browser without registries, which so needs none of their code. */
export const NO_REGISTRIES: RegistryReader = {
  findLink: async (_tx, { registry }) => noRegistry(registry),
  checkMayUse: async (_tx, registry) => noRegistry(registry),
  placesOf: async () => NO_PLACES,
  listNames: async () => NO_NAMES,
};

/** Throws `not_found` for a registry. */
export function noRegistry(name: string): never {
  throw new CairnError("not_found", { what: "registry", name });
}
