// One project: whether it syncs, how much of it is where, what never leaves.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { EyeOff, HardDrive, HardDriveDownload, TriangleAlert } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { SyncedProject } from "../../../../core/sync/remote.ts";
import type { RemoteProjectView } from "../../../../protocol/sync-api.ts";
import { Button } from "../../../parts/button.tsx";
import { formatBytes, formatCount } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";
import { projectHash } from "../../../router.ts";
import { bytesJobOf } from "../../../state/bytes-job.ts";
import { changeScope } from "../../../state/sync-actions.ts";
import { WHERE_TEXT } from "../../../state/sync-offer.ts";
import { choiceOf, firstChoice, withChoice } from "../../../state/sync-scope.ts";
import { describePending } from "../../../state/sync-text.ts";
import { EvictDialog } from "../../../syncing/evict-dialog.tsx";
import { NeverDialog } from "./never-dialog.tsx";
import type { ScopeProps } from "./scope-tab.tsx";

interface ProjectRowProps extends ScopeProps {
  readonly project: RemoteProjectView;
}

export function ProjectRow({ app, remote, project }: ProjectRowProps): JSX.Element {
  const isFreeing = useSignal(false);
  const isChoosingNever = useSignal(false);
  const { name, where, isSynced, keepLocal, never, missingBytes } = project;
  const shown = showHidden(name);
  const job = bytesJobOf(app);
  const isBusy = job.running.value !== null;
  const choice = choiceOf(remote.scope, name) ?? firstChoice(name);
  const save = (next: SyncedProject | null, said: string): void =>
    void changeScope(app, remote.uid, remote.scope, withChoice(remote.scope, name, next), said);
  return (
    <li class="scope-row">
      <div class="scope-what">
        {where === "there" ? (
          <strong>{shown}</strong>
        ) : (
          <a href={projectHash(name)}>
            <strong>{shown}</strong>
          </a>
        )}
        <span class="muted number">{factsOf(project)}</span>
        {project.problem !== null && (
          <span class="scope-problem">
            <Icon icon={TriangleAlert} size={14} /> {showHidden(project.problem)}
          </span>
        )}
      </div>
      <div class="scope-checks">
        <label class="sync-check">
          <input
            type="checkbox"
            checked={isSynced}
            onChange={() =>
              save(
                isSynced ? null : choice,
                isSynced
                  ? `“${shown}” no longer syncs. It stays here and there as it is.`
                  : `“${shown}” syncs from now on.`,
              )
            }
          />
          <span>
            Sync<span class="visually-hidden"> {shown}</span>
          </span>
        </label>
        {isSynced && (
          <label class="sync-check">
            <input
              type="checkbox"
              checked={keepLocal}
              onChange={() =>
                save(
                  { ...choice, keepLocal: !keepLocal },
                  keepLocal
                    ? `Files of “${shown}” come here when they are opened.`
                    : `All of “${shown}” is kept here.`,
                )
              }
            />
            <span>
              Keep all here<span class="visually-hidden"> of {shown}</span>
            </span>
          </label>
        )}
      </div>
      {isSynced && (
        <div class="remote-ways" role="group" aria-label={`What can be done with ${shown}`}>
          {missingBytes > 0 && (
            <Button
              small
              icon={HardDriveDownload}
              disabled={isBusy}
              onClick={() => void job.fetch({ kind: "project", project: name })}
            >
              Bring all here
            </Button>
          )}
          {where === "both" && !keepLocal && (
            <Button
              small
              icon={HardDrive}
              disabled={isBusy}
              onClick={() => (isFreeing.value = true)}
            >
              Free space here…
            </Button>
          )}
          {!remote.pullOnly && (
            <Button small icon={EyeOff} onClick={() => (isChoosingNever.value = true)}>
              {never.length === 0
                ? "Never upload…"
                : `Never upload ${formatCount(never.length, "artifact")}…`}
            </Button>
          )}
        </div>
      )}
      {isFreeing.value && (
        <EvictDialog
          app={app}
          scope={{ kind: "project", project: name }}
          onClose={() => (isFreeing.value = false)}
        />
      )}
      {isChoosingNever.value && (
        <NeverDialog
          app={app}
          project={project}
          save={async (now) => {
            await app.cairn.sync.api.setScope(
              remote.uid,
              withChoice(remote.scope, name, { ...choice, never: now }),
            );
          }}
          onClose={() => (isChoosingNever.value = false)}
        />
      )}
    </li>
  );
}

/** `here and there · 12 versions · 3 versions (1.2 GB) to send · 4 GB only there`. */
function factsOf(project: RemoteProjectView): string {
  const { where, versions, isSynced, missingBytes } = project;
  const pending = isSynced ? describePending(project) : "";
  return [
    WHERE_TEXT[where],
    // How many there are is known once it synced.
    (where !== "there" || versions > 0) && formatCount(versions, "version"),
    pending !== "" && `${pending} to send`,
    missingBytes > 0 && `${formatBytes(missingBytes)} only there`,
  ]
    .filter((part) => part !== false)
    .join(" · ");
}
