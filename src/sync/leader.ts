// One tab of a browser syncs a remote; the others wait to take its place.
import type { RemoteUid } from "../core/sync/remote.ts";
import type { Locks } from "../service/locks.ts";

/** Held by whoever runs rounds with the remote. */
export function syncLock(remote: RemoteUid): string {
  return `cairn-sync-${remote}`;
}

/** Waits until this tab is the one that syncs a remote, runs a task as such, and steps down. */
export async function lead(
  locks: Locks,
  remote: RemoteUid,
  signal: AbortSignal,
  task: () => Promise<void>,
): Promise<void> {
  const coming = locks.hold(syncLock(remote));
  const release = await Promise.race([coming, whenAborted(signal)]);
  if (release === null) {
    // It comes some time, and nobody needs it then.
    coming.then(
      (letGo) => letGo(),
      () => undefined,
    );
    return;
  }
  try {
    if (!signal.aborted) await task();
  } finally {
    release();
  }
}

function whenAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}
