// Ties what syncing does to a screen: fetched when it is shown, again when a tab says that it changed.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RemoteUid } from "../../core/sync/remote.ts";
import type { RemoteDetail, RemoteView, SyncActivity } from "../../protocol/sync-api.ts";
import type { AppState } from "./app-state.ts";
import { Live } from "./live.ts";
import type { Resource } from "./resource.ts";

/** All remotes, kept up with what each does. */
export function useRemotes(app: AppState): Resource<readonly RemoteView[]> {
  return useLive(
    app,
    () => app.cairn.sync.api.listRemotes(),
    (remotes, uid, activity) =>
      remotes.map((remote) => (remote.uid === uid ? { ...remote, activity } : remote)),
  );
}

/** One remote, kept up with what it does. */
export function useRemote(app: AppState, remote: RemoteUid): Resource<RemoteDetail> {
  return useLive(
    app,
    () => app.cairn.sync.api.getRemote(remote),
    (detail, uid, activity) => (uid === remote ? { ...detail, activity } : detail),
  );
}

function useLive<T>(
  app: AppState,
  fetch: () => Promise<T>,
  withActivity: (value: T, remote: RemoteUid, activity: SyncActivity) => T,
): Resource<T> {
  const [live] = useState(() => new Live(fetch));
  const latest = useRef(withActivity);
  latest.current = withActivity;
  useEffect(() => {
    const stop = app.cairn.sync.onNotice((notice) => {
      if (notice.kind === "remotes-changed") void live.refresh();
      if (notice.kind === "activity")
        live.patch((value) => latest.current(value, notice.remote, notice.activity));
    });
    void live.refresh();
    return stop;
  }, [app, live]);
  const seen = useRef(app.changes.peek());
  // What is pending follows from what was committed.
  useSignalEffect(() => {
    if (app.changes.value === seen.current) return;
    seen.current = app.changes.value;
    void live.refresh();
  });
  return live.state.value;
}
