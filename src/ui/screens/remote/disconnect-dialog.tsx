// Parts from a remote: what stays where, and what is lost if it isn't there yet.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { RemoteDetail } from "../../../protocol/sync-api.ts";
import { formatBytes } from "../../parts/format.ts";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";
import { syncHash } from "../../state/sync-actions.ts";
import { describePending, hasPending } from "../../state/sync-text.ts";

interface DisconnectDialogProps {
  readonly app: AppState;
  readonly remote: RemoteDetail;
  readonly onClose: () => void;
}

export function DisconnectDialog({ app, remote, onClose }: DisconnectDialogProps): JSX.Element {
  const missing = remote.projects.reduce((sum, { missingBytes }) => sum + missingBytes, 0);
  return (
    <TaskDialog
      title={`Disconnect ${showHidden(remote.repo)}`}
      action="Disconnect"
      isDangerous
      run={async () => {
        await app.cairn.sync.api.disconnectRemote(remote.uid);
        onClose();
        app.toasts.show({ kind: "success", text: `“${showHidden(remote.repo)}” is disconnected.` });
        location.hash = syncHash();
      }}
      onClose={onClose}
    >
      <ul class="parting">
        <li>Everything that is here stays here: versions, aliases, runs and the files you have.</li>
        <li>Everything that is there stays there. Other devices go on syncing with it.</li>
        {missing > 0 && (
          <li class="is-warning">
            {formatBytes(missing)} of files are only there. Their versions stay here, but the files
            can’t be opened until you connect it again. Bring them here first to keep them.
          </li>
        )}
        {hasPending(remote) && !remote.pullOnly && (
          <li class="is-warning">{describePending(remote)} have not been sent. They stay here.</li>
        )}
      </ul>
    </TaskDialog>
  );
}
