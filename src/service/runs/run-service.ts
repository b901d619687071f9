// Runs and lines drawn by hand, put together.
import type { RunApi } from "../../protocol/run-api.ts";
import type { Ctx } from "../context.ts";
import {
  addDerivation,
  addRunEdge,
  removeDerivation,
  removeRunEdge,
  restoreRunEdge,
  useVersion,
} from "./lineage-edits.ts";
import type { RunLife } from "./run-life.ts";
import { getRun, setRunDeleted, setRunState, startRun } from "./runs.ts";

export function createRunService(ctx: Ctx, life: RunLife): RunApi {
  return {
    async startRun(project, name, config) {
      const run = await startRun(ctx, project, name, config);
      life.keep(run.uid);
      return run;
    },
    async resumeRun(uid) {
      const run = await setRunState(ctx, uid, "running");
      life.keep(uid);
      return run;
    },
    getRun: (uid) => getRun(ctx, uid),
    async endRun(uid, state) {
      const run = await setRunState(ctx, uid, state);
      life.end(uid);
      return run;
    },
    deleteRun: (uid) => setRunDeleted(ctx, uid, true),
    restoreRun: (uid) => setRunDeleted(ctx, uid, false),
    useVersion: (spec, project, run, type) => useVersion(ctx, spec, project, run, type),
    addRunEdge: (version, run, direction) => addRunEdge(ctx, version, run, direction),
    removeRunEdge: (version, run, direction) => removeRunEdge(ctx, version, run, direction),
    restoreRunEdge: (version, run, direction) => restoreRunEdge(ctx, version, run, direction),
    addDerivation: (child, parent) => addDerivation(ctx, child, parent),
    removeDerivation: (child, parent) => removeDerivation(ctx, child, parent),
  };
}
