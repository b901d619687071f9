// The line over every page of a published Space: what it shows, and that nothing can be changed.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Eye } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { labelOf, type RemoteTarget } from "../../core/sync/remote.ts";
import { HOME_META } from "../../core/sync/view.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import type { AppState } from "../state/app-state.ts";
import { targetUrl } from "../state/sync-target.ts";
import { describeProgress, shareOf, STEPS } from "../state/sync-text.ts";
import { ShownState } from "./shown-state.ts";
import "./shown-note.css";

interface ShownNoteProps {
  readonly app: AppState;
  readonly shown: RemoteTarget;
}

export function ShownNote({ app, shown }: ShownNoteProps): JSX.Element {
  const [state] = useState(() => new ShownState(app.cairn, shown));
  useEffect(() => void state.bring(), [state]);
  const home = homeOfCairn();
  return (
    <aside class="shown-note" aria-label="About this page">
      <div class="shown-line">
        <Icon icon={Eye} />
        <p>
          This page shows{" "}
          <a href={targetUrl(shown)} target="_blank" rel="noreferrer noopener">
            {showHidden(labelOf(shown))}
          </a>
          . Nothing here can be changed.
        </p>
        <p class="muted">
          Made with{" "}
          {home === null ? (
            "Cairn"
          ) : (
            <a href={home} target="_blank" rel="noreferrer noopener">
              Cairn
            </a>
          )}
        </p>
      </div>
      <Phase state={state} />
    </aside>
  );
}

function Phase({ state }: { readonly state: ShownState }): JSX.Element | null {
  const phase = state.phase.value;
  switch (phase.kind) {
    case "here":
      return null;
    case "coming": {
      const { progress } = phase;
      const text = progress === null ? "Looking at what is there" : STEPS[progress.step];
      return (
        <div class="shown-progress">
          <p role="status">
            {text} <span class="muted">{progress !== null && describeProgress(progress)}</span>
          </p>
          <ProgressBar value={progress === null ? null : shareOf(progress)} label={text} />
        </div>
      );
    }
    case "failed":
      return (
        <div class="shown-line" role="alert">
          <p>{showHidden(phase.why)}</p>
          <Button small onClick={() => void state.bring()}>
            Try again
          </Button>
        </div>
      );
  }
}

/** Where the page was published from, if others can open that; `null` where it wasn't told. */
function homeOfCairn(): string | null {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${HOME_META}"]`);
  return meta === null || !meta.content.startsWith("https://") ? null : meta.content;
}
