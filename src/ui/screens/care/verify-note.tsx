// How a check of stored bytes goes, and what it found.
import type { JSX } from "preact";
import { CircleCheck, TriangleAlert } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VerifyScope } from "../../../protocol/care-api.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes, formatCount, formatDuration, formatRate } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import type { EndedCheck, RunningCheck, VerifyState } from "../../state/verify-state.ts";
import { DamageList } from "./damage-list.tsx";
import "./verify-note.css";

/** Before this a rate says nothing. */
const RATE_AFTER_S = 0.5;

export function VerifyNote({ verify }: { readonly verify: VerifyState }): JSX.Element | null {
  const running = verify.running.value;
  if (running !== null) return <Running running={running} onCancel={() => verify.cancel()} />;
  const problem = verify.problem.value;
  if (problem !== null)
    return (
      <div class="verify-note">
        <ErrorNote problem={problem}>
          <Button small onClick={() => verify.clear()}>
            Close
          </Button>
        </ErrorNote>
      </div>
    );
  const ended = verify.ended.value;
  return ended === null ? null : <Ended ended={ended} onClose={() => verify.clear()} />;
}

function Running({
  running,
  onCancel,
}: {
  readonly running: RunningCheck;
  readonly onCancel: () => void;
}): JSX.Element {
  const { scope, progress, startedMs } = running;
  const title = `Checking ${nameOf(scope)}`;
  const seconds = (performance.now() - startedMs) / 1000;
  const rate =
    progress === null || seconds < RATE_AFTER_S || progress.bytesDone === 0
      ? null
      : progress.bytesDone / seconds;
  return (
    <div class="card verify-note">
      <div class="verify-line">
        <strong>{title}</strong>
        {progress !== null && (
          <span class="muted">
            {formatBytes(progress.bytesDone)} of {formatBytes(progress.bytesTotal)}
            {rate !== null &&
              ` · ${formatRate(rate)} · ${formatDuration((progress.bytesTotal - progress.bytesDone) / rate)} left`}
          </span>
        )}
        <Button small onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <ProgressBar
        value={
          progress === null || progress.bytesTotal === 0
            ? null
            : progress.bytesDone / progress.bytesTotal
        }
        label={title}
      />
    </div>
  );
}

function Ended({
  ended: { scope, report },
  onClose,
}: {
  readonly ended: EndedCheck;
  readonly onClose: () => void;
}): JSX.Element {
  const { damage, files, bytes, references } = report;
  const isGood = damage.length === 0;
  // Of everything each content is read once, in however many versions it stands.
  const checked = formatCount(files, scope.kind === "all" ? "different file" : "file");
  return (
    <div class="card verify-note" role="status">
      <div class="verify-line">
        <strong class={`verify-what ${isGood ? "is-good" : "is-bad"}`}>
          <Icon icon={isGood ? CircleCheck : TriangleAlert} />
          {isGood
            ? `${checked}, ${formatBytes(bytes)}: all as they were logged`
            : `${formatCount(damage.length, "file is", "files are")} damaged`}
        </strong>
        <span class="muted">
          {nameOf(scope)}
          {!isGood && ` · ${checked} read, ${formatBytes(bytes)}`}
          {references > 0 && ` · ${formatCount(references, "reference")} not checked`}
        </span>
        <Button small variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      {!isGood && <DamageList damage={damage} />}
    </div>
  );
}

function nameOf(scope: VerifyScope): string {
  return scope.kind === "all"
    ? "everything"
    : `${showHidden(scope.name)}:${formatVersion(scope.number)}`;
}
