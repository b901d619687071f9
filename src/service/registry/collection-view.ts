// Collections as people look at them: in a list, and one of them with its links [G4 E4].
import { getLiveCollection, liveLinks } from "../../core/registry/views.ts";
import type { CollectionDetail } from "../../protocol/registry-link-api.ts";
import type { StoreName } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { aliasesByLink } from "./held-aliases.ts";
import { findIdentity } from "./identity.ts";
import { REGISTRY_STORES } from "./read-registry.ts";
import { openAsOf } from "./registry-view.ts";
import { readSources } from "./sources.ts";
import { summarizeCollection, summarizeRegistry, viewLink } from "./summaries.ts";

/** The stores that looking at links reads. */
export const VIEW_STORES = [
  ...REGISTRY_STORES,
  "identity",
  "versions",
  "deletedVersions",
] as const satisfies StoreName[];

/**
 * One collection with its live links, and what this browser knows of their sources.
 *
 * @param asOf ISO date or date-time, or `null` for now [E4]
 * @throws CairnError `no_registry`, `not_found`
 */
export function getCollection(
  ctx: Ctx,
  registry: string,
  name: string,
  asOf: string | null,
): Promise<CollectionDetail> {
  return withRead(ctx.db, [...VIEW_STORES], async (tx) => {
    const open = await openAsOf(ctx, tx, registry, asOf);
    const me = (await findIdentity(tx))?.key ?? null;
    const { state } = open;
    const collection = getLiveCollection(state, name);
    const links = liveLinks(collection);
    const sources = await readSources(tx, links);
    const held = aliasesByLink(state, collection);
    return {
      ...summarizeCollection(state, collection),
      registry: summarizeRegistry(open, me),
      asOf,
      card: collection.card,
      linkList: links.map((link) =>
        viewLink(state, link, held.get(link.number) ?? [], sources.get(link.source.version)),
      ),
      protectionList: [...state.protections.values()].toSorted((a, b) =>
        a.pattern < b.pattern ? -1 : 1,
      ),
    };
  });
}
