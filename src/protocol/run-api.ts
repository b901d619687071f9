// Runs, what they use, and lines drawn by hand.
import type { JsonObject } from "../core/json.ts";
import type { RunRecord, RunUid, VersionRef } from "../core/records.ts";
import type { VersionDetail } from "./browse-api.ts";

/** What {@link RunApi.addRunEdge} did. */
export interface DrawnRunEdge {
  readonly run: RunUid;
  /** False where the line was there already. */
  readonly isNewEdge: boolean;
  readonly isNewRun: boolean;
}

export interface RunApi {
  /**
   * Starts a run, and its project when that is new. It counts as running until it is ended, or
   * until this page goes away [R1].
   *
   * @param name empty for a name of its own
   * @throws CairnError `invalid_name`, `invalid_text`, `invalid_metadata`
   */
  startRun(project: string, name: string, config: JsonObject): Promise<RunRecord>;
  /** Takes up a run that ended or was abandoned. Throws `not_found`. */
  resumeRun(uid: RunUid): Promise<RunRecord>;
  getRun(uid: RunUid): Promise<RunRecord>;
  endRun(uid: RunUid, state: "finished" | "failed"): Promise<RunRecord>;
  /** Deletes a run; its edges keep its name [R4]. */
  deleteRun(uid: RunUid): Promise<void>;
  restoreRun(uid: RunUid): Promise<void>;
  /**
   * Resolves a spec and records it as an input of the run [U1 R2].
   *
   * @param type the type the artifact must have, or `null`
   * @throws CairnError as `resolve`, `wrong_type`, `run_over`
   */
  useVersion(
    spec: string,
    project: string | null,
    run: RunUid,
    type: string | null,
  ): Promise<VersionDetail>;
  /** Notes by hand that a run of the version's project, made when new, produced or used it [R1 R2]. */
  addRunEdge(
    version: VersionRef,
    runName: string,
    direction: "input" | "output",
  ): Promise<DrawnRunEdge>;
  /**
   * Takes back that a run produced or used a version. Answers how many lines the run has left.
   *
   * @throws CairnError `not_found`
   */
  removeRunEdge(version: VersionRef, run: RunUid, direction: "input" | "output"): Promise<number>;
  /** Draws a line again that was taken back, whether the run is over or not. Answers whether it was gone. */
  restoreRunEdge(version: VersionRef, run: RunUid, direction: "input" | "output"): Promise<boolean>;
  /**
   * Draws by hand that `child` was derived from the version that `parentSpec` names [R3]. Answers
   * whether that is new. Throws `would_loop`.
   */
  addDerivation(child: VersionRef, parentSpec: string): Promise<boolean>;
  /** Answers whether there was such a line. */
  removeDerivation(child: VersionRef, parent: VersionRef): Promise<boolean>;
}
