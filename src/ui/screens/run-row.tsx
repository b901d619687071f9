// One run: how it went, and how many versions it used and made.
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Trash2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RunRecord } from "../../core/records.ts";
import type { RunCounts } from "../../protocol/overview-api.ts";
import { IconButton } from "../parts/button.tsx";
import { formatAgo, formatCount, formatDuration, formatTime } from "../parts/format.ts";
import { showHiddenInText } from "../parts/text.ts";
import { durationOf } from "../state/list-order.ts";

interface RunRowProps {
  readonly run: RunRecord;
  readonly counts: ReadonlySignal<RunCounts | null>;
  readonly onDelete: () => void;
}

export function RunRow({ run, counts, onDelete }: RunRowProps): JSX.Element {
  const name = showHidden(run.name);
  const keys = Object.keys(run.config).length;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="State">
        <span class={`run-state is-${run.state}`}>{run.state}</span>
      </td>
      <td data-label="Started">
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt)}
        </time>
      </td>
      <td data-label="Duration" class="number">
        {describeDuration(run)}
      </td>
      <td data-label="Inputs" class="number">
        {counts.value?.inputs.toLocaleString("en") ?? "…"}
      </td>
      <td data-label="Outputs" class="number">
        {counts.value?.outputs.toLocaleString("en") ?? "…"}
      </td>
      <td data-label="Config">
        {keys === 0 ? (
          <span class="muted">none</span>
        ) : (
          <details>
            <summary>{formatCount(keys, "key")}</summary>
            <pre tabIndex={0}>{showHiddenInText(JSON.stringify(run.config, null, 2))}</pre>
          </details>
        )}
      </td>
      <td class="runs-actions">
        <IconButton icon={Trash2} label={`Delete run ${name}`} onClick={onDelete} />
      </td>
    </tr>
  );
}

/** Made by hand, a run begins and ends in the same moment. */
function describeDuration(run: RunRecord): string {
  const seconds = durationOf(run);
  return seconds === null || seconds === 0 ? "–" : formatDuration(seconds);
}
