// Looking after the store: checking bytes, and the log of what was done.
import type { Problem } from "../core/errors.ts";
import type { EventRecord, VersionRef } from "../core/records.ts";
import type { DownloadProgress } from "./downloads.ts";
import type { JobId } from "./jobs.ts";

/** What to check: everything, one version, or some of its files. */
export type VerifyScope =
  | { readonly kind: "all" }
  | ({ readonly kind: "version"; readonly paths: readonly string[] | null } & VersionRef);

/** One blob that is not as it should be, and every place it is missed. */
export interface Damage {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly problem: Problem<"digest_mismatch" | "blob_missing" | "storage_failed">;
  /** The versions it hurts, each with the first of the paths that hold it. */
  readonly hurts: readonly (VersionRef & { readonly path: string })[];
}

export interface VerifyReport {
  /** Those whose bytes are here, or should be. */
  readonly files: number;
  readonly bytes: number;
  /** References have no bytes here to check. */
  readonly references: number;
  readonly damage: readonly Damage[];
  /** Not in this browser and so not checked, since a remote holds them: they come when they are asked for [U5]. */
  readonly elsewhere: { readonly files: number; readonly bytes: number };
  readonly checkedAt: string;
}

/** The last whole pass over the store. */
export interface LastScrub {
  /** Since when everything is known to be right; `null` before the first pass ended. */
  readonly verifiedAt: string | null;
  /** Blobs known to be damaged. */
  readonly damaged: number;
}

/** Which events, newest first. */
export interface EventQuery {
  /** `project`, `project/name`, or `project/name:vN`: what the events are about, or anything below it. */
  readonly subject?: string;
  /** Only events before this one. */
  readonly beforeSeq?: number;
  readonly limit: number;
}

export interface LogCheck {
  readonly events: number;
  /** The first event that does not follow from the one before, or `null` when the chain holds [E2]. */
  readonly brokenAt: number | null;
}

export interface CareApi {
  /**
   * Reads every byte in the scope and compares it with its digest. What is corrupt is set aside, so
   * that adding the file again heals it, and the versions it hurts are named.
   */
  verify(
    job: JobId,
    scope: VerifyScope,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<VerifyReport>;
  /** Every blob known to be damaged. */
  listDamage(): Promise<readonly Damage[]>;
  lastScrub(): Promise<LastScrub>;
  listEvents(query: EventQuery): Promise<readonly EventRecord[]>;
  /** Checks the chain of the whole log. */
  verifyLog(): Promise<LogCheck>;
  /** The digest Trackio gives to the same files, after computing the SHA-256 of each where unknown [M2]. */
  trackioDigest(job: JobId, version: VersionRef): Promise<string>;
}
