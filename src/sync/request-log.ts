// Requests that failed, in the remote's log with their ids: what one would tell the hub's people.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { HubRequest } from "../hub/hub.ts";
import type { SyncCtx } from "./context.ts";
import { lineOfRequest } from "./log-text.ts";
import { writeLog } from "./sync-log.ts";

/** A context whose hubs note each request that failed. Without a network, or after a cancel, that is nothing to note. */
export function withRequestLog(sync: SyncCtx, remote: RemoteUid, signal: AbortSignal): SyncCtx {
  const note = (request: HubRequest): void => {
    const line = signal.aborted || !sync.isOnline() ? null : lineOfRequest(request);
    if (line === null) return;
    writeLog(sync, remote, [line]).catch((error: unknown) => console.error("sync log", error));
  };
  return {
    ...sync,
    openHub: (target, onRequest, token) =>
      sync.openHub(
        target,
        (request) => {
          onRequest?.(request);
          note(request);
        },
        token,
      ),
  };
}
