// The file in the pane: being opened, shown with its notes, or what went wrong and the way out.
import type { JSX } from "preact";
import { CircleStop, Info, RotateCw, ShieldCheck } from "lucide";
import type { Problem } from "../../core/errors.ts";
import { showHidden } from "../../core/errors.ts";
import type { Fetching } from "../../protocol/downloads.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { Icon } from "../parts/icon.tsx";
import { Loading } from "../parts/loading.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { describeFetching } from "../parts/running-note.tsx";
import type { AppState } from "../state/app-state.ts";
import type { PreviewState } from "../state/preview-state.ts";
import { WayOut } from "../syncing/way-out.tsx";
import { Viewer } from "./viewer-of.tsx";
import type { Siblings } from "./viewer.ts";

interface FileViewProps {
  readonly app: AppState;
  readonly path: string;
  readonly state: PreviewState;
  readonly siblings: Siblings;
  readonly onVerify: () => void;
}

export function FileView({ app, path, state, siblings, onVerify }: FileViewProps): JSX.Element {
  const shown = state.shown.value;
  const again = (): void => void state.open(path);
  switch (shown.phase) {
    case "loading":
      return (
        <>
          <SlowNote state={state} />
          <div class="preview-loading">
            <Loading what="the file" />
          </div>
        </>
      );
    case "fetching":
      return <FetchingNote fetching={shown.fetching} onStop={() => state.stop()} />;
    case "stopped":
      return (
        <EmptyState icon={CircleStop} title="Stopped reading this file">
          <p>Nothing of it was changed.</p>
          <Button icon={RotateCw} onClick={again}>
            Try again
          </Button>
          <Button variant="ghost" onClick={() => void state.open(path, "hex")}>
            Show its bytes
          </Button>
        </EmptyState>
      );
    case "failed":
      return (
        <div class="preview-failure">
          <ErrorNote problem={shown.problem}>
            <WayOut app={app} problem={shown.problem} onSignedIn={again} />
            <Button small icon={RotateCw} onClick={again}>
              Try again
            </Button>
            {mayBeDamage(shown.problem) && (
              <Button small icon={ShieldCheck} onClick={onVerify}>
                Verify this file
              </Button>
            )}
          </ErrorNote>
        </div>
      );
    case "ready":
      return (
        <>
          <SlowNote state={state} />
          {shown.preview.notes.length > 0 && (
            <ul class="preview-notes" aria-label="Notes">
              {shown.preview.notes.map((note) => (
                <li key={note}>
                  <Icon icon={Info} size={14} />
                  <span>{showHidden(note)}</span>
                </li>
              ))}
            </ul>
          )}
          <Viewer
            key={shown.serial}
            preview={shown.preview}
            file={shown.file}
            path={path}
            state={state}
            siblings={siblings}
          />
        </>
      );
  }
}

/** The bytes come from elsewhere. */
function FetchingNote({
  fetching,
  onStop,
}: {
  readonly fetching: Fetching;
  readonly onStop: () => void;
}): JSX.Element {
  const { doneBytes, totalBytes } = fetching;
  const text = describeFetching(fetching);
  return (
    <div class="preview-fetching" role="status">
      <p>
        {text}
        <Button small onClick={onStop}>
          Stop
        </Button>
      </p>
      <ProgressBar value={totalBytes === 0 ? null : doneBytes / totalBytes} label={text} />
    </div>
  );
}

/** An answer takes long: a person may give up on it. */
function SlowNote({ state }: { readonly state: PreviewState }): JSX.Element | null {
  if (!state.isSlow.value) return null;
  return (
    <p class="preview-slow" role="status">
      Still reading…
      <Button small onClick={() => state.stop()}>
        Stop
      </Button>
    </p>
  );
}

function mayBeDamage({ code }: Problem): boolean {
  return !NO_DAMAGE.has(code);
}

const NO_DAMAGE: ReadonlySet<Problem["code"]> = new Set([
  "aborted",
  "not_found",
  "worker_lost",
  "hub_failed",
  "remote_failed",
]);
