// What one state of a project has that another lacks, as changes [S3].
import type { SharedOp } from "./ops.ts";
import type { DeviceId, SharedProject } from "./shared.ts";

/**
 * The changes that make `local` of `base`, in an order in which they can be applied. Of versions
 * with numbers of their own it says them from the lowest up.
 *
 * @param device who made them
 */
export function diffProject(
  base: SharedProject,
  local: SharedProject,
  device: DeviceId,
): readonly SharedOp[] {
  throw new Error(`not yet ${base.name} ${local.name} ${device}`);
}
