// What a person does with syncing, from wherever it is offered.
import type { RemoteUid, SyncScope } from "../../core/sync/remote.ts";
import { formatRoute, type RemoteTab } from "../router.ts";
import { attempt } from "./actions.ts";
import type { AppState } from "./app-state.ts";

/** Does it; what goes wrong is said. */
export async function syncAction(app: AppState, run: () => Promise<void>): Promise<void> {
  await attempt(app.toasts, run);
}

/** Begins a round with every remote. */
export function syncAll(app: AppState): Promise<boolean> {
  return attempt(app.toasts, async () => {
    const { api } = app.cairn.sync;
    await Promise.all(app.sync.remotes.value.map(({ uid }) => api.syncNow(uid)));
    app.toasts.show({
      text: "Syncing now.",
      link: { label: "See how it goes", hash: syncHash() },
    });
  });
}

/**
 * Changes what syncs, and offers to take it back.
 *
 * @param said what was done, as a sentence
 */
export function changeScope(
  app: AppState,
  remote: RemoteUid,
  former: SyncScope,
  next: SyncScope,
  said: string,
): Promise<boolean> {
  const { api } = app.cairn.sync;
  return attempt(app.toasts, async () => {
    await api.setScope(remote, next);
    app.undo.offer(said, async () => {
      await api.setScope(remote, former);
      return "What syncs is as it was before.";
    });
  });
}

/** The hash of the page of all remotes. */
export function syncHash(): string {
  return formatRoute({ kind: "sync", connect: null });
}

/** The hash of the dialog that connects one, with a repository filled in. */
export function connectHash(connect = ""): string {
  return formatRoute({ kind: "sync", connect });
}

/** The hash of a remote's page. */
export function remoteHash(remote: string, tab: RemoteTab = "scope"): string {
  return formatRoute({ kind: "remote", remote, tab });
}
