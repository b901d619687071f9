// What lists show beside their rows: small sums, asked for only for the rows in view.
import type { ArtifactUid, RunUid } from "../core/records.ts";

/** How busy a project was: versions logged in each stretch of time, earliest first. */
export interface ProjectActivity {
  readonly project: string;
  readonly counts: readonly number[];
}

/** How many versions a run used and made. */
export interface RunCounts {
  readonly inputs: number;
  readonly outputs: number;
}

export interface OverviewApi {
  /**
   * Versions logged into each project that had any, in `stretches` of equal length up to now.
   *
   * @param stretchMs milliseconds
   */
  activity(stretches: number, stretchMs: number): Promise<readonly ProjectActivity[]>;
  /** For each artifact the sizes of its newest versions, at most `limit`, oldest first. */
  versionSizes(
    artifacts: readonly ArtifactUid[],
    limit: number,
  ): Promise<readonly (readonly number[])[]>;
  /** For each run what it used and made. */
  countRunEdges(runs: readonly RunUid[]): Promise<readonly RunCounts[]>;
}
