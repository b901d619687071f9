// With which repository a project syncs, and how that stands.
import type { JSX } from "preact";
import { Cloud, CloudAlert, CloudOff, CloudUpload, type IconNode } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import type { RemoteDetail } from "../../protocol/sync-api.ts";
import { Icon } from "../parts/icon.tsx";
import type { AppState } from "../state/app-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { remoteHash } from "../state/sync-actions.ts";
import { describeProjectSync } from "../state/sync-text.ts";
import { remoteOf } from "../state/synced-state.ts";
import { useRemote } from "../state/use-live.ts";
import "./project-sync.css";

interface ProjectSyncProps {
  readonly app: AppState;
  readonly project: string;
}

/** Nothing for a project that doesn't sync, and where the page says above what it shows. */
export function ProjectSync({ app, project }: ProjectSyncProps): JSX.Element | null {
  const remote = remoteOf(app.sync.remotes.value, project);
  if (remote === null || isReadOnly()) return null;
  return <Line key={remote.uid} app={app} project={project} remote={remote} />;
}

function Line({
  app,
  project,
  remote,
}: ProjectSyncProps & { readonly remote: ConnectedRemote }): JSX.Element {
  const loaded = useRemote(app, remote.uid);
  const detail = loaded.phase === "ready" ? loaded.value : null;
  const state = detail === null ? "" : describeProjectSync(detail, project);
  return (
    <p class="project-sync muted">
      <Icon icon={detail === null ? Cloud : iconOf(detail)} />
      <span>
        {remote.pullOnly ? "Comes from" : "Synced with"}{" "}
        <a href={remoteHash(remote.uid)}>{showHidden(remote.label)}</a>
        {state !== "" && ` · ${state}`}
      </span>
    </p>
  );
}

function iconOf({ activity }: RemoteDetail): IconNode {
  switch (activity.kind) {
    case "working":
      return CloudUpload;
    case "blocked":
      return CloudAlert;
    case "offline":
      return CloudOff;
    default:
      return Cloud;
  }
}
