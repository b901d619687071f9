// Changes put behind a state that others may have changed meanwhile [S3 S4 S5].
import type { SharedOp, SyncNote } from "./ops.ts";
import type { SharedProject } from "./shared.ts";

export interface Applied {
  readonly state: SharedProject;
  readonly notes: readonly SyncNote[];
}

/** Applies changes in their order. Applying them once more changes nothing. */
export function applyOps(state: SharedProject, ops: readonly SharedOp[]): Applied {
  throw new Error(`not yet ${state.name} ${ops.length}`);
}
