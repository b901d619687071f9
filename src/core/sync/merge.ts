// Three states of a project made one: what was agreed on, what the remote has now, what is here [S3 S4 S5].
import type { Applied } from "./apply.ts";
import type { DeviceId, SharedProject } from "./shared.ts";

/**
 * What the remote has, with what happened here since the base put behind it. Numbers that the remote
 * has fixed stay; versions of here take the next ones.
 */
export function mergeProject(states: {
  readonly base: SharedProject;
  readonly remote: SharedProject;
  readonly local: SharedProject;
  readonly device: DeviceId;
}): Applied {
  throw new Error(`not yet ${states.device}`);
}
