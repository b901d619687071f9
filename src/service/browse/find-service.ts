// Looking further than a list: versions, specs, search, lineage.
import type { BrowseApi } from "../../protocol/browse-api.ts";
import type { Ctx } from "../context.ts";
import { findByTags } from "./find-by-tags.ts";
import { lineage, lineageAround } from "./lineage.ts";
import { openReadCtx, type ReadCtx } from "./read-ctx.ts";
import { resolve } from "./resolve.ts";
import { search } from "./search.ts";
import { versionDetail } from "./version-detail.ts";

/** The part of reading that a first page does without. */
export type LookupApi = Pick<
  BrowseApi,
  "getVersion" | "resolve" | "search" | "findByTags" | "lineage" | "lineageAround"
>;

export function createFindService(ctx: Ctx): LookupApi {
  const open = (): Promise<ReadCtx> => openReadCtx(ctx);
  return {
    getVersion: async (project, name, selector) =>
      versionDetail(await open(), project, name, selector),
    resolve: async (spec, project) => resolve(await open(), spec, project),
    search: async (text, limit) => search(await open(), text, limit),
    findByTags: async (tags) => findByTags(await open(), tags),
    lineage: async (spec, project, options) => lineage(await open(), spec, project, options),
    lineageAround: async (focus, options, opened) =>
      lineageAround(await open(), focus, options, opened),
  };
}
