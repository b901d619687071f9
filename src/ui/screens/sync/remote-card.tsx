// One remote in the list: which it is, what it is doing, what can be done.
import type { JSX } from "preact";
import type { RemoteView } from "../../../protocol/sync-api.ts";
import type { AppState } from "../../state/app-state.ts";
import { remoteHash } from "../../state/sync-actions.ts";
import { ActivityLine } from "../../syncing/activity-line.tsx";
import { BlockedNote } from "../../syncing/blocked-note.tsx";
import { FillMeter } from "../../syncing/fill-meter.tsx";
import { RemoteActions } from "../../syncing/remote-actions.tsx";
import { RemoteChips } from "../../syncing/remote-chips.tsx";
import { showHidden } from "../../../core/errors.ts";

interface RemoteCardProps {
  readonly app: AppState;
  readonly remote: RemoteView;
}

export function RemoteCard({ app, remote }: RemoteCardProps): JSX.Element {
  return (
    <li class="card remote-card">
      <header>
        <h2>
          <a href={remoteHash(remote.uid)}>{showHidden(remote.repo)}</a>
        </h2>
        <RemoteChips remote={remote} />
        <RemoteActions app={app} remote={remote} />
      </header>
      <ActivityLine remote={remote} />
      <BlockedNote app={app} remote={remote} />
      <FillMeter remote={remote} />
    </li>
  );
}
