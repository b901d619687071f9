// Long work under way: what it is, how far, how fast, how long still, and a way to stop it.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import type { DownloadProgress, Fetching } from "../../protocol/downloads.ts";
import { Button } from "./button.tsx";
import { formatBytes, formatCount, formatDuration, formatRate } from "./format.ts";
import { ProgressBar } from "./progress-bar.tsx";
import "./running-note.css";

/** Before this a rate says nothing. */
const RATE_AFTER_S = 0.5;

interface RunningNoteProps {
  readonly title: string;
  /** `null` before the first is known. */
  readonly progress: DownloadProgress | null;
  readonly startedMs: number;
  /** Also says how many files of how many are done. */
  readonly countsFiles?: boolean;
  readonly onCancel: () => void;
}

export function RunningNote({
  title,
  progress,
  startedMs,
  countsFiles = false,
  onCancel,
}: RunningNoteProps): JSX.Element {
  const { bytesDone = 0, bytesTotal = 0 } = progress ?? {};
  const seconds = (performance.now() - startedMs) / 1000;
  const rate = seconds < RATE_AFTER_S || bytesDone === 0 ? null : bytesDone / seconds;
  return (
    <div class="card running-note">
      <div class="note-line">
        <strong>{title}</strong>
        {progress !== null && (
          <span class="muted">
            {countsFiles &&
              `${progress.filesDone.toLocaleString("en")} of ${formatCount(progress.filesTotal, "file")} · `}
            {formatBytes(bytesDone)} of {formatBytes(bytesTotal)}
            {rate !== null &&
              ` · ${formatRate(rate)} · ${formatDuration((bytesTotal - bytesDone) / rate)} left`}
          </span>
        )}
        {progress?.fetching !== undefined && (
          <span class="muted">{describeFetching(progress.fetching)}</span>
        )}
        <Button small onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <ProgressBar value={bytesTotal === 0 ? null : bytesDone / bytesTotal} label={title} />
    </div>
  );
}

/** `Fetching 12 MB from the dataset ada/models · 3 MB so far`. */
export function describeFetching({ from, doneBytes, totalBytes }: Fetching): string {
  const done = doneBytes > 0 && doneBytes < totalBytes ? ` · ${formatBytes(doneBytes)} so far` : "";
  return `Fetching ${formatBytes(totalBytes)} from ${showHidden(from)}${done}`;
}
