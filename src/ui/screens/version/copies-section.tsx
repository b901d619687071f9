// Where the bytes of a version are: here, in folders, in repositories; and how to have them elsewhere.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import {
  Cloud,
  ExternalLink,
  FolderClosed,
  HardDrive,
  HardDriveDownload,
  type IconNode,
} from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { Copies, EvictScope } from "../../../protocol/sync-api.ts";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatAgo, formatBytes, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import type { AppState } from "../../state/app-state.ts";
import { bytesJobOf } from "../../state/bytes-job.ts";
import { describeShare, downloadCommand } from "../../state/copies-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { remoteHash } from "../../state/sync-actions.ts";
import { isNeverSent, remoteOf } from "../../state/synced-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { EvictDialog } from "../../syncing/evict-dialog.tsx";
import "../../parts/panel.css";
import "./copies-section.css";

interface CopiesSectionProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
}

export function CopiesSection({ app, detail }: CopiesSectionProps): JSX.Element {
  const { artifact, version } = detail;
  const { project, name } = artifact;
  const ref: VersionRef = { project, name, number: version.number };
  const loaded = useResource(app, `${version.uid} ${version.number}`, () =>
    app.cairn.sync.api.copiesOf(ref),
  );
  return (
    <section class="card detail copies" aria-labelledby="copies">
      <header>
        <h2 id="copies">Copies</h2>
      </header>
      {loaded.phase === "loading" && <Loading what="where its bytes are" />}
      {loaded.phase === "failed" && <LoadFailure problem={loaded.problem} />}
      {loaded.phase === "ready" && (
        <ul class="copies-list">
          <Here app={app} version={ref} copies={loaded.value} />
          {loaded.value.remotes.map((there) => (
            <There key={there.uid} app={app} there={there} copies={loaded.value} />
          ))}
          <NotThere app={app} version={ref} copies={loaded.value} />
          {loaded.value.folders.map(({ name: folder, savedAt }) => (
            <Place key={folder} icon={FolderClosed} name={`The folder “${showHidden(folder)}”`}>
              saved{" "}
              <time dateTime={savedAt} title={formatTime(savedAt)}>
                {formatAgo(savedAt)}
              </time>
            </Place>
          ))}
        </ul>
      )}
    </section>
  );
}

interface PlaceProps {
  readonly icon: IconNode;
  readonly name: string;
  /** What of the version is there. */
  readonly children: ComponentChildren;
  /** What can be done. */
  readonly ways?: ComponentChildren;
}

function Place({ icon, name, children, ways }: PlaceProps): JSX.Element {
  return (
    <li>
      <Icon icon={icon} />
      <div class="copies-what">
        <strong>{name}</strong>
        <span class="muted number">{children}</span>
      </div>
      {ways !== undefined && <div class="copies-ways">{ways}</div>}
    </li>
  );
}

interface CopiesProps {
  readonly app: AppState;
  readonly copies: Copies;
}

function Here({
  app,
  version,
  copies,
}: CopiesProps & { readonly version: VersionRef }): JSX.Element {
  const isFreeing = useSignal(false);
  const job = bytesJobOf(app);
  const isBusy = job.running.value !== null;
  const scope: EvictScope = { kind: "version", version };
  const { here, totalFiles, totalBytes, remotes } = copies;
  const isWhole = here.files === totalFiles;
  return (
    <Place
      icon={HardDrive}
      name="This browser"
      ways={
        <>
          {!isWhole && (
            <Button
              small
              icon={HardDriveDownload}
              disabled={isBusy}
              onClick={() => void job.fetch(scope)}
            >
              Bring all here
            </Button>
          )}
          {!isReadOnly() && here.bytes > 0 && remotes.length > 0 && (
            <Button
              small
              icon={HardDrive}
              disabled={isBusy}
              onClick={() => (isFreeing.value = true)}
            >
              Free space here…
            </Button>
          )}
          {isFreeing.value && (
            <EvictDialog app={app} scope={scope} onClose={() => (isFreeing.value = false)} />
          )}
        </>
      }
    >
      {describeShare(here.files, copies)} ·{" "}
      {isWhole
        ? formatBytes(totalBytes)
        : `${formatBytes(here.bytes)} of ${formatBytes(totalBytes)}`}
    </Place>
  );
}

function There({
  app,
  there,
  copies,
}: CopiesProps & { readonly there: Copies["remotes"][number] }): JSX.Element {
  const { uid, label, files, bytes, seenAt, folder, url } = there;
  const remote = app.sync.remotes.value.find((connected) => connected.uid === uid);
  const command = remote === undefined ? null : downloadCommand(remote, folder);
  return (
    <>
      <Place
        icon={Cloud}
        name={capital(showHidden(label))}
        ways={
          <a class="button is-plain is-small" href={url} target="_blank" rel="noreferrer noopener">
            Open its folder <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
          </a>
        }
      >
        {describeShare(files, copies)} · {formatBytes(bytes)} · seen{" "}
        <time dateTime={seenAt} title={formatTime(seenAt)}>
          {formatAgo(seenAt)}
        </time>
      </Place>
      {command !== null && (
        <li class="copies-command">
          <code tabIndex={0}>{command}</code>
          <CopyButton text={command} label="Copy the command that downloads it" />
        </li>
      )}
    </>
  );
}

/** Why the remote that the project syncs with lacks the version. */
function NotThere({
  app,
  version: { project, name },
  copies,
}: CopiesProps & { readonly version: VersionRef }): JSX.Element | null {
  const remote = remoteOf(app.sync.remotes.value, project);
  if (remote === null || isReadOnly()) return null;
  if (copies.remotes.some(({ uid }) => uid === remote.uid)) return null;
  return (
    <Place
      icon={Cloud}
      name={capital(showHidden(remote.label))}
      ways={
        <a class="button is-plain is-small" href={remoteHash(remote.uid)}>
          What syncs
        </a>
      }
    >
      {isNeverSent(remote, project, name)
        ? "not there: this artifact is never uploaded"
        : remote.pullOnly
          ? "not there: this browser only brings in from it"
          : "not there yet: it goes with the next sync"}
    </Place>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
