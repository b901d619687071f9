// Links by their number, and their sources.
import { CairnError } from "../../core/errors.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { Collection, Link, RegistryState } from "../../core/registry/state.ts";
import { getLiveCollection } from "../../core/registry/views.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import type { Source } from "./append-on.ts";
import { openRegistry, REGISTRY_STORES } from "./read-registry.ts";
import { findJudged } from "./sources.ts";

/** A link, live or not. Throws `not_found`. */
export function getLink(
  state: RegistryState,
  { name, links }: Collection,
  number: VersionNumber,
): Link {
  const link = links.get(number);
  if (link === undefined) throw noLink(state, name, number);
  return link;
}

/** A live link. Throws `not_found`. */
export function getLiveLink(
  state: RegistryState,
  collection: Collection,
  number: VersionNumber,
): Link {
  const link = getLink(state, collection, number);
  if (!link.isLive) throw noLink(state, collection.name, number);
  return link;
}

/**
 * The source of a link, live or not, and what this browser knows of it.
 *
 * @throws CairnError `no_registry`, `not_found`
 */
export function readSource(
  ctx: Ctx,
  registry: string,
  collection: string,
  number: VersionNumber,
): Promise<Source> {
  return withRead(ctx.db, [...REGISTRY_STORES, "versions"], async (tx) => {
    const { state } = await openRegistry(ctx, tx, registry);
    const { source } = getLink(state, getLiveCollection(state, collection), number);
    return { source, judged: await findJudged(tx, source) };
  });
}

function noLink(state: RegistryState, collection: string, number: VersionNumber): CairnError {
  const name = formatPlace(state.name, collection, formatVersion(number));
  return new CairnError("not_found", { what: "version", name });
}
