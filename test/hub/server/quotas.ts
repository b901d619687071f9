// How much a repo or an account may hold.
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import type { Repo } from "./repo.ts";

/** Refuses with 403 what would bring a Space, or a namespace's private repos, over their limit. */
export function checkStorage(hub: Hub, repo: Repo, addedBytes: number): void {
  const { spaceBytes, privateBytes } = hub.limits;
  if (repo.type === "space" && repo.storedBytes + addedBytes > spaceBytes)
    throw new HubError(403, `Repository storage limit reached (Max: ${spaceBytes / 1e9} GB)`);
  if (!repo.isPrivate) return;
  const used = hub
    .repos()
    .filter((other) => other.isPrivate && other.namespace === repo.namespace)
    .reduce((sum, other) => sum + other.storedBytes, 0);
  if (used + addedBytes > privateBytes)
    throw new HubError(
      403,
      "Private repository storage limit reached, please upgrade your plan to increase your private storage limit",
    );
}
