// Two tables: their rows counted, and their columns side by side.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { ColumnChange, TableDiff } from "../../../protocol/compare-api.ts";
import { formatCount } from "../../parts/format.ts";
import { BarSpace, BarSwitch, ViewerBar } from "../../previews/viewer-bar.tsx";
import type { CompareWorker } from "../../state/compare-job.ts";
import { useCompareJob } from "../../state/use-compare-job.ts";
import { DiffPhase } from "./diff-phase.tsx";
import { MarkIcon } from "./mark.tsx";
import { FileNotes } from "./file-notes.tsx";
import { MeasuredList } from "./measured-list.tsx";
import "./piece-list.css";

interface TableDiffViewProps {
  readonly worker: CompareWorker;
  readonly before: Blob;
  readonly after: Blob;
  readonly path: string;
}

export function TableDiffView({ worker, before, after, path }: TableDiffViewProps): JSX.Element {
  const running = useCompareJob(worker, (api, id, onProgress) =>
    api.diffTables(id, before, after, path, onProgress),
  );
  return (
    <DiffPhase running={running} what="Counting rows">
      {(diff) => <Columns diff={diff} />}
    </DiffPhase>
  );
}

/** What happened to a column. */
function markOf({ before, after }: ColumnChange): "added" | "removed" | "changed" | "same" {
  if (before === null) return "added";
  if (after === null) return "removed";
  return before.type === after.type ? "same" : "changed";
}

function Columns({ diff }: { readonly diff: TableDiff }): JSX.Element {
  const changed = diff.columns.filter((column) => markOf(column) !== "same");
  const [isAll, setAll] = useState(changed.length === 0);
  const shown = isAll ? diff.columns : changed;
  return (
    <div class="piece-diff">
      <ViewerBar>
        <span>{describeRows(diff)}</span>
        <span>
          {changed.length === 0
            ? `${formatCount(diff.columns.length, "column")}, all the same`
            : `${changed.length.toLocaleString("en")} of ${formatCount(diff.columns.length, "column")} differ`}
        </span>
        <BarSpace />
        <BarSwitch isOn={!isAll} onToggle={(isOn) => setAll(!isOn)}>
          Only changed
        </BarSwitch>
      </ViewerBar>
      <FileNotes notes={diff.notes} />
      {shown.length === 0 ? (
        <p class="file-note muted">No column came, went or changed its type.</p>
      ) : (
        <MeasuredList
          class="piece-list"
          count={shown.length}
          rowHeight={37}
          keyOf={(i) => `${i} ${shown[i]?.name ?? ""}`}
          attributes={{ role: "list", "aria-label": "Columns" }}
          renderRow={(i) => {
            const column = shown[i];
            return column === undefined ? null : <Column column={column} />;
          }}
        />
      )}
    </div>
  );
}

function Column({ column }: { readonly column: ColumnChange }): JSX.Element {
  const { name, before, after } = column;
  return (
    <div role="listitem" class="piece-line">
      <MarkIcon mark={markOf(column)} isAlone />
      <code class="piece-name" title={showHidden(name)}>
        {showHidden(name)}
      </code>
      <span class="piece-sides">
        {before !== null && <code>{showHidden(before.type)}</code>}
        {before !== null && after !== null && before.type !== after.type && (
          <>
            <span aria-label="became">→</span>
            <code>{showHidden(after.type)}</code>
          </>
        )}
        {before === null && after !== null && <code>{showHidden(after.type)}</code>}
      </span>
    </div>
  );
}

function describeRows({ rowsBefore, rowsAfter }: TableDiff): string {
  const difference = rowsAfter - rowsBefore;
  if (difference === 0) return `${formatCount(rowsAfter, "row")} on both sides`;
  const sign = difference > 0 ? "+" : "−";
  return `${rowsBefore.toLocaleString("en")} → ${formatCount(rowsAfter, "row")} (${sign}${Math.abs(difference).toLocaleString("en")})`;
}
