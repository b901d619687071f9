// Checks and the event log, put together.
import type { CareApi } from "../../protocol/care-api.ts";
import type { Ctx } from "../context.ts";
import type { Jobs } from "../jobs.ts";
import { listDamage } from "./damage.ts";
import { listEvents, verifyLog } from "./event-log.ts";
import { lastScrub } from "./scrub.ts";
import { trackioDigest } from "./trackio-digest.ts";
import { verify } from "./verify.ts";

export function createCareService(ctx: Ctx, jobs: Jobs): CareApi {
  const { db } = ctx;
  return {
    verify: (job, scope, onProgress) =>
      jobs.run(job, ({ signal }) => verify(ctx, scope, onProgress, signal)),
    listDamage: () => listDamage(db),
    lastScrub: () => lastScrub(db),
    listEvents: (query) => listEvents(db, query),
    verifyLog: () => verifyLog(ctx),
    trackioDigest: (job, version) =>
      jobs.run(job, ({ signal }) => trackioDigest(ctx, version, signal)),
  };
}
