// What a remote is doing: a few words, and while it works how far, how fast, how long still.
import type { JSX } from "preact";
import {
  CloudAlert,
  CloudCheck,
  CloudOff,
  CloudUpload,
  CirclePause,
  Clock,
  type IconNode,
} from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RemoteView } from "../../protocol/sync-api.ts";
import { formatAgo, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import {
  describeActivity,
  describePending,
  describeProgress,
  hasPending,
  lacksSignIn,
  shareOf,
} from "../state/sync-text.ts";
import "./activity-line.css";

export function ActivityLine({ remote }: { readonly remote: RemoteView }): JSX.Element {
  const { activity } = remote;
  const said = describeActivity(remote);
  const look = lacksSignIn(remote) ? "offline" : activity.kind;
  return (
    <div class="activity">
      <div class="activity-line">
        <strong class={`activity-state is-${look}`} role="status">
          <Icon icon={iconOf(remote)} />
          {said}
        </strong>
        <span class="muted number">{detailOf(remote)}</span>
      </div>
      {activity.kind === "working" && (
        <ProgressBar value={shareOf(activity.progress)} label={said} />
      )}
      {activity.kind === "waiting" && <p class="muted">{showHidden(activity.why)}</p>}
    </div>
  );
}

function detailOf(remote: RemoteView): JSX.Element | string {
  const { activity, syncedAt } = remote;
  if (activity.kind === "working") return describeProgress(activity.progress);
  const pending = hasPending(remote) ? `${describePending(remote)} to send` : "";
  if (syncedAt === null) return pending;
  return (
    <>
      {pending !== "" && `${pending} · `}
      Last synced{" "}
      <time dateTime={syncedAt} title={formatTime(syncedAt)}>
        {formatAgo(syncedAt)}
      </time>
    </>
  );
}

function iconOf(remote: RemoteView): IconNode {
  switch (remote.activity.kind) {
    case "working":
      return CloudUpload;
    case "paused":
      return CirclePause;
    case "offline":
      return CloudOff;
    case "waiting":
      return Clock;
    case "blocked":
      return lacksSignIn(remote) ? CloudOff : CloudAlert;
    case "idle":
      return hasPending(remote) || remote.syncedAt === null ? CloudUpload : CloudCheck;
  }
}
