// Which repository it is, what it is doing, what can be done with all of it.
import type { JSX } from "preact";
import { ExternalLink } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RemoteDetail } from "../../../protocol/sync-api.ts";
import { Icon } from "../../parts/icon.tsx";
import type { AppState } from "../../state/app-state.ts";
import { targetUrl } from "../../state/sync-target.ts";
import { ActivityLine } from "../../syncing/activity-line.tsx";
import { BlockedNote } from "../../syncing/blocked-note.tsx";
import { FillMeter } from "../../syncing/fill-meter.tsx";
import { RemoteActions } from "../../syncing/remote-actions.tsx";
import { RemoteChips } from "../../syncing/remote-chips.tsx";

interface RemoteHeaderProps {
  readonly app: AppState;
  readonly remote: RemoteDetail;
}

export function RemoteHeader({ app, remote }: RemoteHeaderProps): JSX.Element {
  return (
    <header class="remote-header">
      <div class="remote-title">
        <h1>{showHidden(remote.repo)}</h1>
        <RemoteChips remote={remote} />
        <a class="remote-link" href={targetUrl(remote)} target="_blank" rel="noreferrer noopener">
          Open it there <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
        </a>
        <RemoteActions app={app} remote={remote} />
      </div>
      <ActivityLine remote={remote} />
      <BlockedNote app={app} remote={remote} />
      <FillMeter remote={remote} />
    </header>
  );
}
