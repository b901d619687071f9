// Finding and identifying, put together.
import type { FindApi } from "../../protocol/find-api.ts";
import { openReadCtx } from "../browse/read-ctx.ts";
import type { Ctx } from "../context.ts";
import type { Jobs } from "../jobs.ts";
import { FileCatalog } from "./file-catalog.ts";
import { find } from "./find.ts";
import { identify } from "./identify.ts";

export function createFinder(ctx: Ctx, jobs: Jobs): FindApi {
  const files = new FileCatalog(ctx.db);
  return {
    find: async (request) => find(await openReadCtx(ctx), files, request),
    identify: (job, requests, places, onProgress) =>
      jobs.run(job, ({ signal }) => identify(ctx, files, requests, places, onProgress, signal)),
  };
}
