// Two texts line by line, in one column or side by side; what is the same can be unfolded.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { NoTextDiff, TextDiff } from "../../../protocol/compare-api.ts";
import type { JobId } from "../../../protocol/jobs.ts";
import { describeError, isCairnError, problemOf } from "../../../core/errors.ts";
import { formatBytes, formatCount } from "../../parts/format.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { useCompareJob } from "../../state/use-compare-job.ts";
import { BarSpace, BarSwitch, ViewerBar } from "../../previews/viewer-bar.tsx";
import { DiffPhase } from "./diff-phase.tsx";
import { DiffRowView } from "./diff-row.tsx";
import { rowsOf, type DiffRow, type Gap, type Unfolded } from "./diff-rows.ts";
import { FileNotes } from "./file-notes.tsx";
import { MeasuredList } from "./measured-list.tsx";
import { useIsWide } from "./use-is-wide.ts";
import "./diff-colours.css";
import "./text-diff.css";

interface TextDiffViewProps {
  readonly worker: CompareWorker;
  readonly before: Blob;
  readonly after: Blob;
  readonly path: string;
}

export function TextDiffView({ worker, before, after, path }: TextDiffViewProps): JSX.Element {
  const running = useCompareJob(worker, (api, id) => api.diffText(id, before, after, path));
  return (
    <DiffPhase running={running} what="Comparing lines">
      {(diff, id) =>
        diff.kind === "none" ? (
          <p class="file-note">{describeNone(diff, before, after)}</p>
        ) : (
          <Lines worker={worker} job={id} diff={diff} />
        )
      }
    </DiffPhase>
  );
}

function describeNone({ reason }: NoTextDiff, before: Blob, after: Blob): string {
  const sizes = `${formatBytes(before.size)} before, ${formatBytes(after.size)} after`;
  switch (reason) {
    case "not_text":
      return `These bytes are no text: ${sizes}.`;
    case "too_large":
      return `Too large to be compared line by line: ${sizes}.`;
    case "too_different":
      return `Too different to be compared line by line: ${sizes}.`;
  }
}

interface LinesProps {
  readonly worker: CompareWorker;
  readonly job: JobId;
  readonly diff: TextDiff;
}

function Lines({ worker, job, diff }: LinesProps): JSX.Element {
  const isWide = useIsWide();
  const [wantsSplit, setSplit] = useState(false);
  const [unfolded, setUnfolded] = useState<Unfolded>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const isSplit = isWide && wantsSplit;
  const rows = useMemo(() => rowsOf(diff, unfolded, isSplit), [diff, unfolded, isSplit]);
  const unfold = ({ after, count }: Gap): void => {
    worker
      .ask((api) => api.readSkipped(job, after, count))
      .then(
        (lines) =>
          setUnfolded(
            (known) => new Map([...known, ...lines.map((line, i) => [after + i, line] as const)]),
          ),
        (error: unknown) => {
          if (!isCairnError(error, "aborted")) setFailure(describeError(problemOf(error)));
        },
      );
  };
  return (
    <div class="text-diff">
      <ViewerBar>
        <span class="text-diff-count is-added">+{formatCount(diff.added, "line")}</span>
        <span class="text-diff-count is-removed">−{formatCount(diff.removed, "line")}</span>
        <BarSpace />
        {isWide && rows.length > 0 && (
          <BarSwitch isOn={wantsSplit} onToggle={setSplit}>
            Side by side
          </BarSwitch>
        )}
      </ViewerBar>
      <FileNotes notes={diff.notes} />
      {failure !== null && (
        <p class="file-note" role="alert">
          {failure}
        </p>
      )}
      {rows.length > 0 && (
        <MeasuredList
          key={isSplit ? "split" : "unified"}
          class={`diff-lines${isSplit ? " is-split" : ""}`}
          count={rows.length}
          rowHeight={20}
          keyOf={(i) => keyOf(rows[i])}
          attributes={{ role: "region", "aria-label": "Differences, line by line" }}
          renderRow={(i) => {
            const row = rows[i];
            return row === undefined ? null : <DiffRowView row={row} onUnfold={unfold} />;
          }}
        />
      )}
    </div>
  );
}

function keyOf(row: DiffRow | undefined): string {
  switch (row?.kind) {
    case undefined:
      return "";
    case "gap":
      return `gap ${row.gap.after}`;
    case "line":
      return `${row.line.before ?? ""} ${row.line.after ?? ""}`;
    case "pair":
      return `${row.left?.before ?? ""} ${row.right?.after ?? ""}`;
  }
}
