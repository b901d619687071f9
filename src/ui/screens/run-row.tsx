// One run: how it went, and how many versions it used and made.
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Trash2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RunRecord } from "../../core/records.ts";
import type { RunCounts } from "../../protocol/overview-api.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { formatAgo, formatCount, formatDuration, formatTime } from "../parts/format.ts";
import { durationOf } from "../state/list-order.ts";
import { isReadOnly } from "../state/read-only.ts";

interface RunRowProps {
  readonly run: RunRecord;
  readonly counts: ReadonlySignal<RunCounts | null>;
  /** Without columns the numbers say what they count. */
  readonly isNarrow: boolean;
  /** From 1; the heads are the first row. */
  readonly rowIndex: number;
  readonly onConfig: () => void;
  readonly onDelete: () => void;
}

export function RunRow(props: RunRowProps): JSX.Element {
  const { run, counts, isNarrow, rowIndex, onConfig, onDelete } = props;
  const name = showHidden(run.name);
  const keys = Object.keys(run.config).length;
  const show = (count: number | undefined, noun: string): string => {
    if (count === undefined) return "…";
    return isNarrow ? formatCount(count, noun) : count.toLocaleString("en");
  };
  return (
    <div role="row" aria-rowindex={rowIndex} class="table-row run-row">
      <strong role="rowheader" class="run-name" title={name}>
        {name}
      </strong>
      <span role="cell">
        <span class={`run-state is-${run.state}`}>{run.state}</span>
      </span>
      <span role="cell">
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt)}
        </time>
      </span>
      <span role="cell" class="number run-duration">
        {describeDuration(run)}
      </span>
      <span role="cell" class="number run-count">
        {show(counts.value?.inputs, "input")}
      </span>
      <span role="cell" class="number run-count">
        {show(counts.value?.outputs, "output")}
      </span>
      <span role="cell" class="run-config-cell">
        {keys === 0 ? (
          <span class="muted">{isNarrow ? "no config" : "none"}</span>
        ) : (
          <Button
            small
            variant="ghost"
            aria-haspopup="dialog"
            aria-label={`Config of ${name}, ${formatCount(keys, "key")}`}
            onClick={onConfig}
          >
            {formatCount(keys, "key")}
          </Button>
        )}
      </span>
      <span role="cell" class="run-delete">
        {!isReadOnly() && (
          <IconButton icon={Trash2} label={`Delete run ${name}`} onClick={onDelete} />
        )}
      </span>
    </div>
  );
}

/** Made by hand, a run begins and ends in the same moment. */
function describeDuration(run: RunRecord): string {
  const seconds = durationOf(run);
  return seconds === null || seconds === 0 ? "–" : formatDuration(seconds);
}
