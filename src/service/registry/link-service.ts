// Looking at registries, linking, aliases, promotion.
import type { LinkApi } from "../../protocol/registry-link-api.ts";
import type { Ctx } from "../context.ts";
import { getCollection } from "./collection-view.ts";
import { linkAliasHistory } from "./link-alias-history.ts";
import { removeLinkAlias, setLinkAlias } from "./link-aliases.ts";
import { linkVersion, restoreLink, unlinkVersion } from "./links.ts";
import { linksOf } from "./places.ts";
import { planPromotion } from "./promotion.ts";
import { getRegistry, listRegistries } from "./registry-view.ts";
import { readRequestFile, requestPromotion, writeRequestFile } from "./requests.ts";
import { settleRequest } from "./settle-request.ts";

export function createLinkService(ctx: Ctx): LinkApi {
  return {
    listRegistries: () => listRegistries(ctx),
    getRegistry: (registry, asOf) => getRegistry(ctx, registry, asOf),
    getCollection: (registry, collection, asOf) => getCollection(ctx, registry, collection, asOf),
    linkVersion: (spec, project, target, aliases) =>
      linkVersion(ctx, spec, project, target, aliases),
    unlinkVersion: (registry, collection, number) =>
      unlinkVersion(ctx, registry, collection, number),
    restoreLink: (registry, collection, number, aliases) =>
      restoreLink(ctx, registry, collection, number, aliases),
    setLinkAlias: (registry, collection, number, alias, expected) =>
      setLinkAlias(ctx, registry, collection, number, alias, expected),
    removeLinkAlias: (registry, collection, alias, expected) =>
      removeLinkAlias(ctx, registry, collection, alias, expected),
    linkAliasHistory: (registry, collection) => linkAliasHistory(ctx, registry, collection),
    linksOf: (version) => linksOf(ctx, version),
    planPromotion: (registry, collection, number, alias) =>
      planPromotion(ctx, registry, collection, number, alias),
    requestPromotion: (registry, collection, number, alias, note) =>
      requestPromotion(ctx, registry, collection, number, alias, note),
    writeRequestFile: (registry, collection, number, alias, note) =>
      writeRequestFile(ctx, registry, collection, number, alias, note),
    readRequestFile: (text) => readRequestFile(ctx, text),
    settleRequest: (registry, request, outcome, note) =>
      settleRequest(ctx, registry, request, outcome, note),
  };
}
