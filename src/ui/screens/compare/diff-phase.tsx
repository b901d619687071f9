// A comparison as it goes: progress and cancel, what went wrong, and then what it came to.
import type { ComponentChildren, JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes } from "../../parts/format.ts";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import type { JobId } from "../../../protocol/jobs.ts";
import type { RunningJob } from "../../state/use-compare-job.ts";

interface DiffPhaseProps<T> {
  readonly running: RunningJob<T>;
  /** What goes on, such as `Comparing lines`. */
  readonly what: string;
  readonly children: (value: T, id: JobId) => ComponentChildren;
}

export function DiffPhase<T>({
  running: { job, again },
  what,
  children,
}: DiffPhaseProps<T>): JSX.Element {
  const state = job.state.value;
  switch (state.phase) {
    case "running":
      return (
        <div class="file-running" role="status">
          <span>
            {what}…
            {state.total > 0 && (
              <span class="muted">
                {" "}
                {formatBytes(state.done)} of {formatBytes(state.total)}
              </span>
            )}
          </span>
          <ProgressBar value={state.total === 0 ? null : state.done / state.total} label={what} />
          <Button small onClick={() => job.cancel()}>
            Cancel
          </Button>
        </div>
      );
    case "cancelled":
      return (
        <div class="file-running">
          <span class="muted">Cancelled.</span>
          <Button small onClick={again}>
            Compare again
          </Button>
        </div>
      );
    case "failed":
      return (
        <div class="file-problem">
          {state.problem.code === "file_unreadable" ? (
            <p role="alert">
              It can’t be compared this way: {showHidden(state.problem.data.reason)}.
            </p>
          ) : (
            <ErrorNote problem={state.problem}>
              <Button small onClick={again}>
                Try again
              </Button>
            </ErrorNote>
          )}
        </div>
      );
    case "ready":
      return <>{children(state.value, state.job)}</>;
  }
}
