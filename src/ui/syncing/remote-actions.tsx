// What can be done with a remote as a whole, as its state allows.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Pause, Play, RefreshCw } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RemoteView } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { Task } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import { syncAction } from "../state/sync-actions.ts";
import { maySyncNow } from "../state/sync-text.ts";
import "./remote-actions.css";

interface RemoteActionsProps {
  readonly app: AppState;
  readonly remote: RemoteView;
}

/** Nothing where the note below says what to do. */
export function RemoteActions({ app, remote }: RemoteActionsProps): JSX.Element | null {
  const [task] = useState(() => new Task());
  const { uid, activity } = remote;
  const { api } = app.cairn.sync;
  const act = (run: () => Promise<void>): void => void task.run(() => syncAction(app, run));
  const isBusy = task.isBusy.value;
  if (activity.kind === "blocked") return null;
  return (
    <div
      class="remote-actions"
      role="group"
      aria-label={`Syncing with ${showHidden(remote.label)}`}
    >
      {activity.kind === "working" && (
        <Button small disabled={isBusy} onClick={() => act(() => api.cancelRound(uid))}>
          Cancel
        </Button>
      )}
      {activity.kind === "paused" && (
        <Button
          small
          variant="primary"
          icon={Play}
          busy={isBusy}
          onClick={() => act(() => api.resumeSync(uid))}
        >
          Resume
        </Button>
      )}
      {activity.kind !== "paused" && (
        <Button
          small
          variant="ghost"
          icon={Pause}
          disabled={isBusy}
          onClick={() => act(() => api.pauseSync(uid))}
        >
          Pause
        </Button>
      )}
      {maySyncNow(activity) && (
        <Button small icon={RefreshCw} busy={isBusy} onClick={() => act(() => api.syncNow(uid))}>
          Sync now
        </Button>
      )}
    </div>
  );
}
