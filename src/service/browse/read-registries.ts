// Registries as reading and deleting look at them.
import { assertNever } from "../../core/brand.ts";
import { CairnError, errorOf, isCairnError } from "../../core/errors.ts";
import { checkPermission } from "../../core/registry/permit.ts";
import type { Collection, Link } from "../../core/registry/state.ts";
import { getLiveCollection, latestLink } from "../../core/registry/views.ts";
import { formatSpec, type Selector } from "../../core/spec.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { Ctx } from "../context.ts";
import { findIdentity } from "../registry/identity.ts";
import { placesOf } from "../registry/places.ts";
import {
  openRegistries,
  openRegistry,
  openRegistryAt,
  type OpenRegistry,
} from "../registry/read-registry.ts";
import {
  noRegistry,
  type CollectionSpec,
  type FoundLink,
  type ReaderTx,
  type RegistryNames,
  type RegistryReader,
} from "./registry-reader.ts";

/** Reads the registries of a browser that may have some. */
export function createRegistryReader(ctx: Ctx): RegistryReader {
  return {
    findLink: (tx, spec) => findLink(ctx, tx, spec),
    checkMayUse: (tx, registry) => checkMayUse(ctx, tx, registry),
    placesOf: (tx, versions) => placesOf(ctx, tx, versions),
    listNames: (tx) => listNames(ctx, tx),
  };
}

async function findLink(ctx: Ctx, tx: ReaderTx, spec: CollectionSpec): Promise<FoundLink> {
  const { record, state } = await openLive(ctx, tx, spec.registry, spec.asOf);
  const collection = getLiveCollection(state, spec.collection);
  const link = select(collection, spec.selector);
  if (link === undefined)
    throw new CairnError("not_found", { what: "version", name: formatSpec(spec) });
  const { source, number, linkedAt } = link;
  const places = (await placesOf(ctx, tx, [source.version])).get(source.version) ?? [];
  const place = places.find(
    (one) =>
      one.registryUid === record.uid && one.collection === collection.name && one.number === number,
  );
  return {
    source,
    // Unlinked since, when the spec asks for an earlier time.
    place: place ?? {
      registry: record.name,
      registryUid: record.uid,
      collection: collection.name,
      number,
      aliases: [],
      linkedAt,
      mayUnlink: false,
    },
  };
}

/** A registry that isn't deleted, now or at a time. Throws `not_found`. */
async function openLive(
  ctx: Ctx,
  tx: ReaderTx,
  name: string,
  asOf: string | null,
): Promise<OpenRegistry> {
  const opening = asOf === null ? openRegistry(ctx, tx, name) : openRegistryAt(ctx, tx, name, asOf);
  const open = await opening.catch((error: unknown) => {
    if (isCairnError(error) && error.code === "no_registry") return noRegistry(name);
    throw error;
  });
  return open.state.isDeleted ? noRegistry(name) : open;
}

function select(collection: Collection, selector: Selector): Link | undefined {
  const number = numberOf(collection, selector);
  const link = number === null ? undefined : collection.links.get(number);
  return link?.isLive === true ? link : undefined;
}

function numberOf(collection: Collection, selector: Selector): VersionNumber | null {
  switch (selector.kind) {
    case "latest":
      return latestLink(collection);
    case "version":
      return selector.number;
    case "alias":
      return collection.aliases.get(selector.alias) ?? null;
    default:
      return assertNever(selector);
  }
}

async function checkMayUse(ctx: Ctx, tx: ReaderTx, registry: string): Promise<void> {
  const [{ state }, me] = await Promise.all([openLive(ctx, tx, registry, null), findIdentity(tx)]);
  const refusal = checkPermission(state, me?.key ?? null, "use");
  if (refusal !== null) throw errorOf(refusal);
}

async function listNames(ctx: Ctx, tx: ReaderTx): Promise<RegistryNames> {
  const live = (await openRegistries(ctx, tx)).filter(({ state }) => !state.isDeleted);
  return {
    registries: live.map(({ record }) => record.name),
    collections: live.flatMap(({ record, state }) =>
      Array.from(state.collections.values())
        .filter(({ isDeleted }) => !isDeleted)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, tags, aliases }) => ({
          registry: record.name,
          collection: name,
          tags,
          aliases,
        })),
    ),
  };
}
