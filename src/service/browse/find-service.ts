// Looking further than one page: specs, search, lineage.
import type { BrowseApi } from "../../protocol/browse-api.ts";
import type { Database } from "../../store/schema.ts";
import { findByTags } from "./find-by-tags.ts";
import { lineage, lineageAround } from "./lineage.ts";
import { resolve } from "./resolve.ts";
import { search } from "./search.ts";

/** The part of reading that a first page does without. */
export type LookupApi = Pick<
  BrowseApi,
  "resolve" | "search" | "findByTags" | "lineage" | "lineageAround"
>;

export function createFindService(db: Database): LookupApi {
  return {
    resolve: (spec, project) => resolve(db, spec, project),
    search: (text, limit) => search(db, text, limit),
    findByTags: (tags) => findByTags(db, tags),
    lineage: (spec, project, options) => lineage(db, spec, project, options),
    lineageAround: (focus, options, opened) => lineageAround(db, focus, options, opened),
  };
}
