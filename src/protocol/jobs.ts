// Long calls: named by a job id, because an AbortSignal can't cross a worker border.
import type { Brand } from "../core/brand.ts";

/** Names one long call, so that another message can cancel it. */
export type JobId = Brand<string, "JobId">;

/** A fresh job id. */
export function newJobId(): JobId {
  return crypto.randomUUID() as JobId;
}

/** How often, at most, a worker reports progress. */
export const PROGRESS_INTERVAL_MS = 100;
