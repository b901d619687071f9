// How a download goes, and how it went.
import type { JSX } from "preact";
import { CircleCheck, RotateCw, TriangleAlert } from "lucide";
import type { VersionRef } from "../../../core/records.ts";
import { describeError, showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { DownloadReport } from "../../../protocol/downloads.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { RunningNote } from "../../parts/running-note.tsx";
import type { AppState } from "../../state/app-state.ts";
import type { EndedDownload, RunningDownload } from "../../state/download-state.ts";
import { remoteToSignIn } from "../../state/synced-state.ts";
import { WayOut } from "../../syncing/way-out.tsx";
import "./download-note.css";

const DOING: Readonly<Record<RunningDownload["what"], string>> = {
  zip: "Making the zip of",
  folder: "Saving to the folder:",
  file: "Fetching a file of",
};

/** Names listed before "and n more". */
const LISTED = 20;

export function DownloadNote({ app }: { readonly app: AppState }): JSX.Element | null {
  const { download } = app;
  const running = download.running.value;
  if (running !== null)
    return (
      <RunningNote
        title={`${DOING[running.what]} ${nameOf(running.version)}`}
        progress={running.progress}
        startedMs={running.startedMs}
        countsFiles={running.what !== "file"}
        onCancel={() => download.cancel()}
      />
    );
  const problem = download.problem.value;
  if (problem !== null)
    return (
      <div class="failed-note">
        <ErrorNote problem={problem}>
          <WayOut app={app} problem={problem} onSignedIn={() => download.clear()} />
          <Button small onClick={() => download.clear()}>
            Close
          </Button>
        </ErrorNote>
      </div>
    );
  const ended = download.ended.value;
  return ended === null ? null : <Ended app={app} ended={ended} onClose={() => download.clear()} />;
}

function Ended({
  app,
  ended,
  onClose,
}: {
  readonly app: AppState;
  readonly ended: EndedDownload;
  readonly onClose: () => void;
}): JSX.Element {
  const { report, what, version, overwrite, again } = ended;
  const signIn = report.failed.find(
    ({ problem }) => remoteToSignIn(app.sync.remotes.value, problem) !== null,
  );
  const isClean = report.failed.length === 0 && report.differing.length === 0;
  const isInVain = report.failed.length > 0 && report.written === 0 && report.skipped === 0;
  return (
    <div class="card download-note" role="status">
      <div class="note-line">
        <span class={isClean ? "download-good" : "download-warn"}>
          <Icon icon={isClean ? CircleCheck : TriangleAlert} />
        </span>
        <strong>
          {isInVain
            ? "No file was saved"
            : `${formatCount(report.written, "file")} ${what === "zip" ? "in the zip" : "written"}, ${formatBytes(report.writtenBytes)}, each checked`}
        </strong>
        <span class="muted">{nameOf(version)}</span>
        {report.skipped > 0 && (
          <span class="muted">{formatCount(report.skipped, "file")} already there</span>
        )}
        <Button small variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      {isInVain && what === "zip" && (
        <p class="muted">The zip names what is missing and holds nothing else.</p>
      )}
      <Listed
        title={`${formatCount(report.differing.length, "file is", "files are")} there with other content and ${report.differing.length === 1 ? "was" : "were"} left alone`}
        lines={report.differing.map(showHidden)}
      />
      {report.differing.length > 0 && overwrite !== null && (
        <Button small onClick={overwrite}>
          Overwrite {report.differing.length === 1 ? "it" : "them"}
        </Button>
      )}
      <Listed
        title={`${formatCount(report.failed.length, "file")} failed`}
        lines={report.failed.map(describeFailed)}
        {...(isInVain && { isOpen: true })}
      />
      {report.failed.length > 0 && (
        <span class="download-ways">
          {signIn !== undefined && <WayOut app={app} problem={signIn.problem} onSignedIn={again} />}
          <Button small icon={RotateCw} onClick={again}>
            Try again
          </Button>
        </span>
      )}
      <Listed
        title={`${formatCount(report.references.length, "reference")} left out: ${report.references.length === 1 ? "its bytes are" : "their bytes are"} elsewhere`}
        lines={report.references.map(({ path, uri }) => `${showHidden(path)} → ${showHidden(uri)}`)}
      />
      <Listed
        title={`${formatCount(report.renamed.length, "file")} saved under another name, as this system can't hold the path`}
        lines={report.renamed.map(
          ({ path, diskPath }) => `${showHidden(path)} → ${showHidden(diskPath)}`,
        )}
      />
    </div>
  );
}

function Listed({
  title,
  lines,
  isOpen = lines.length <= 3,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  /** From the beginning. */
  readonly isOpen?: boolean;
}): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <ul class="download-list">
        {lines.slice(0, LISTED).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {lines.length > LISTED && <li class="muted">and {lines.length - LISTED} more</li>}
      </ul>
    </details>
  );
}

/** What a remote can't give doesn't say of which file. */
function describeFailed({ path, problem }: DownloadReport["failed"][number]): string {
  const text = describeError(problem);
  return problem.code === "hub_failed" || problem.code === "remote_failed"
    ? `${showHidden(path)}: ${text}`
    : text;
}

function nameOf({ name, number }: VersionRef): string {
  return `${showHidden(name)}:${formatVersion(number)}`;
}
