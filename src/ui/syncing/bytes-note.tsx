// Bytes on their way, and what went wrong with them.
import type { JSX } from "preact";
import { Button } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import type { AppState } from "../state/app-state.ts";
import { bytesJobOf, type BytesJob, type RunningBytes } from "../state/bytes-job.ts";
import { nameOfScope } from "../state/copies-state.ts";
import { describeProgress, shareOf } from "../state/sync-text.ts";
import { WayOut } from "./way-out.tsx";
import "../parts/running-note.css";

export function BytesNote({ app }: { readonly app: AppState }): JSX.Element | null {
  const job = bytesJobOf(app);
  const running = job.running.value;
  if (running !== null) return <Running running={running} job={job} />;
  const failed = job.failed.value;
  if (failed === null) return null;
  const again = (): void =>
    void (failed.kind === "fetch" ? job.fetch(failed.scope) : job.evict(failed.scope));
  return (
    <div class="failed-note">
      <ErrorNote problem={failed.problem}>
        <WayOut app={app} problem={failed.problem} onSignedIn={again} />
        <Button small onClick={again}>
          Try again
        </Button>
        <Button small onClick={() => job.clear()}>
          Close
        </Button>
      </ErrorNote>
    </div>
  );
}

function Running({
  running: { kind, scope, progress },
  job,
}: {
  readonly running: RunningBytes;
  readonly job: BytesJob;
}): JSX.Element {
  const title =
    kind === "fetch"
      ? `Bringing ${nameOfScope(scope)} here`
      : `Freeing space of ${nameOfScope(scope)}`;
  return (
    <div class="card running-note">
      <div class="note-line">
        <strong>{title}</strong>
        {progress !== null && <span class="muted">{describeProgress(progress)}</span>}
        <Button small onClick={() => job.cancel()}>
          Cancel
        </Button>
      </div>
      <ProgressBar value={progress === null ? null : shareOf(progress)} label={title} />
    </div>
  );
}
