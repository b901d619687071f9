// Asks how a remote is to be published, does it, and says where it can be seen.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ExternalLink, Globe } from "lucide";
import { describeError, showHidden } from "../../core/errors.ts";
import type { Published, RemoteView, SyncProgress } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { Field } from "../parts/field.tsx";
import { formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { TextInput } from "../parts/text-input.tsx";
import type { AppState } from "../state/app-state.ts";
import { describeProgress, shareOf, STEPS } from "../state/sync-text.ts";
import { ownFiles } from "./own-files.ts";
import { PublishState } from "./publish-state.ts";
import "./publish-dialog.css";

interface PublishDialogProps {
  readonly app: AppState;
  readonly remote: RemoteView;
  readonly onClose: () => void;
}

export function PublishDialog({ app, remote, onClose }: PublishDialogProps): JSX.Element {
  const [state] = useState(
    () =>
      new PublishState({
        cairn: app.cairn,
        remote,
        ownFiles,
        home: ownAddress(),
        storage: localStorage,
      }),
  );
  const phase = state.phase.value;
  const close = (): void => {
    state.cancel();
    onClose();
  };
  const isAsking = phase.kind === "asking";
  return (
    <Dialog
      title={state.former === null ? "Publish as a Space" : "Renew the published Space"}
      onClose={close}
      onSubmit={() => void (isAsking && state.publish())}
      buttons={
        phase.kind === "done" ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={isAsking ? close : () => state.cancel()}>Cancel</Button>
            <Button
              variant="primary"
              type="submit"
              icon={Globe}
              busy={!isAsking}
              disabled={!state.isReady}
            >
              {state.former === null ? "Publish" : "Renew"}
            </Button>
          </>
        )
      }
    >
      {phase.kind === "asking" && phase.problem !== null && <ErrorNote problem={phase.problem} />}
      {phase.kind === "asking" && <Form state={state} remote={remote} />}
      {phase.kind === "working" && <Working progress={phase.progress} />}
      {phase.kind === "done" && <Done published={phase.published} />}
    </Dialog>
  );
}

function Form({
  state,
  remote,
}: {
  readonly state: PublishState;
  readonly remote: RemoteView;
}): JSX.Element {
  const { nameProblem } = state;
  return (
    <>
      <p>
        Makes a page at an address of its own where everybody can look through what is synced to{" "}
        {showHidden(remote.label)}: versions, files, previews, lineage, metrics. Visitors change
        nothing, and need no account.
      </p>
      <Field
        label="Space"
        hint={spaceHint(state)}
        problem={nameProblem !== null && describeError(nameProblem)}
      >
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={state.space.value}
            onInput={(space) => (state.space.value = space)}
          />
        )}
      </Field>
      <Field label="Title" hint="Stands on the Space’s page on the hub.">
        {(control) => (
          <TextInput
            control={control}
            value={state.title.value}
            onInput={(title) => (state.title.value = title)}
          />
        )}
      </Field>
      <Visible remote={remote} />
    </>
  );
}

function spaceHint({ former, space, isSameSpace }: PublishState): string {
  if (former === space.value.trim())
    return "Published from here before. Its pages are renewed; what is synced is always the newest.";
  return isSameSpace
    ? "The pages go into the Space that the data lies in, beside it."
    : "Made as owner/name if it isn’t there. The data stays where it is.";
}

function Visible({ remote }: { readonly remote: RemoteView }): JSX.Element {
  const { projects, registries } = remote.scope;
  return (
    <section class="publish-visible" aria-labelledby="publish-visible">
      <h3 id="publish-visible">Everybody will see</h3>
      <ul>
        <li>
          all that lies in {showHidden(remote.label)}, which has to be public
          {projects.length > 0 && (
            <>
              :{" "}
              {projects
                .slice(0, NAMED)
                .map(({ name }) => showHidden(name))
                .join(", ")}
            </>
          )}
          {projects.length > NAMED &&
            ` and ${formatCount(projects.length - NAMED, "more project")}`}
        </li>
        <li>names, metadata, runs with their config, and what this browser is called there</li>
        {registries.length > 0 && (
          <li>
            {formatCount(registries.length, "registry", "registries")}, with the names and keys of
            the people there
          </li>
        )}
      </ul>
      <p class="muted">
        Not what you never sync, and nothing that only this browser has. A private repository can’t
        be read by visitors.
      </p>
    </section>
  );
}

/** Projects said by name. */
const NAMED = 6;

function Working({ progress }: { readonly progress: SyncProgress | null }): JSX.Element {
  const text = progress === null ? "Gathering the app’s files" : STEPS[progress.step];
  return (
    <div class="publish-working">
      <p role="status">{text}</p>
      <ProgressBar value={progress === null ? null : shareOf(progress)} label={text} />
      {progress !== null && <p class="muted number">{describeProgress(progress)}</p>}
    </div>
  );
}

function Done({ published }: { readonly published: Published }): JSX.Element {
  const { url, pageUrl } = published;
  return (
    <div class="publish-done" role="status">
      <p>It is published. The hub may take a minute until it shows the new pages.</p>
      <p class="publish-address">
        <a href={url} target="_blank" rel="noreferrer noopener">
          {showHidden(url)} <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
        </a>
        <CopyButton text={url}>Copy address</CopyButton>
      </p>
      {pageUrl !== url && (
        <p>
          <a href={pageUrl} target="_blank" rel="noreferrer noopener">
            Its page on the hub <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
          </a>
        </p>
      )}
    </div>
  );
}

/** This page, if others can open it. */
function ownAddress(): string | null {
  return location.protocol === "https:" ? location.origin + location.pathname : null;
}
