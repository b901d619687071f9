// CSV, TSV, JSONL and Parquet as a table.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronLeft, ChevronRight } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { TablePreview } from "../../protocol/preview-api.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { formatCount } from "../parts/format.ts";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { showHiddenInText } from "../parts/text.ts";
import { ColumnCard } from "./column-card.tsx";
import { JumpField } from "./jump-field.tsx";
import { TableGrid } from "./table-grid.tsx";
import { SPAN_ROWS, TableState } from "./table-state.ts";
import { BarProblem, BarSpace, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";

/** What the line below the table shows of a long text. */
const SHOWN_CHARS = 10_000;
/** Smaller tables are counted without being asked. */
const QUICK_BYTES = 16 * 2 ** 20;

interface OpenHead {
  readonly column: number;
  readonly head: HTMLElement;
}

export function TableViewer({ preview, file, state }: ViewerProps<TablePreview>): JSX.Element {
  const [table] = useState(() => new TableState(preview, state));
  const [open, setOpen] = useState<OpenHead | null>(null);
  const { columns } = preview;
  useEffect(() => {
    if (table.total.peek() === null && file.size < QUICK_BYTES) void table.count();
  }, [table, file]);
  const column = open === null ? undefined : columns[open.column];
  if (columns.length === 0) return <p class="viewer-empty">This table has no columns.</p>;
  return (
    <div class="viewer">
      <TableBar table={table} preview={preview} />
      <TableGrid
        table={table}
        columns={columns}
        sample={preview.rows}
        onHead={(index, head) => setOpen({ column: index, head })}
      />
      <CellBar table={table} preview={preview} />
      {open !== null && column !== undefined && (
        <ColumnCard
          key={open.column}
          column={column}
          anchor={open.head}
          summary={table.summaryOf(open.column)}
          onClose={() => {
            setOpen(null);
            open.head.closest<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

interface PartProps {
  readonly table: TableState;
  readonly preview: TablePreview;
}

function TableBar({ table, preview }: PartProps): JSX.Element {
  const total = table.total.value;
  const counting = table.counting.value;
  const failure = table.failure.value ?? table.rows.failure.value;
  return (
    <ViewerBar>
      <span>
        {total === null
          ? `More than ${formatCount(table.rows.known.value, "row")}`
          : formatCount(total, "row")}
        , {formatCount(preview.columns.length, "column")}
      </span>
      {total === null && counting === null && (
        <Button small variant="ghost" onClick={() => void table.count()}>
          Count rows
        </Button>
      )}
      {counting !== null && (
        <>
          <span class="table-counting">
            <ProgressBar
              value={counting.total === 0 ? null : counting.done / counting.total}
              label="Counting rows"
            />
          </span>
          <Button small variant="ghost" onClick={() => table.cancelCount()}>
            Cancel
          </Button>
        </>
      )}
      {failure !== null && <BarProblem error={failure.error} onRetry={() => table.retry()} />}
      <BarSpace />
      <SpanButtons table={table} />
      <JumpField
        label="Go to row"
        parse={(text) => {
          const row = Number(text.replaceAll(/[,\s]/g, ""));
          return Number.isInteger(row) && row > 0 ? row - 1 : null;
        }}
        onJump={(row) => table.bringNear(row)}
      />
    </ViewerBar>
  );
}

/** Only so many rows can be scrolled through at once. */
function SpanButtons({ table }: Pick<PartProps, "table">): JSX.Element | null {
  const base = table.base.value;
  const hasMore = base + SPAN_ROWS < (table.total.value ?? table.rows.known.value);
  if (base === 0 && !hasMore) return null;
  return (
    <span>
      <IconButton
        icon={ChevronLeft}
        label="Rows before these"
        disabled={base === 0}
        onClick={() => table.bringNear(base - 1)}
      />
      <IconButton
        icon={ChevronRight}
        label="Rows after these"
        disabled={!hasMore}
        onClick={() => table.bringNear(base + SPAN_ROWS)}
      />
    </span>
  );
}

/** The whole of the cell that the person is on. */
function CellBar({ table, preview }: PartProps): JSX.Element | null {
  void table.rows.arrivals.value;
  const { row, column } = table.active.value;
  const name = preview.columns[column]?.name ?? "";
  const text = row < 0 ? undefined : table.rows.get(row)?.[column];
  if (text === undefined) return null;
  return (
    <div class="table-cell-bar">
      <span class="muted">
        Row {(row + 1).toLocaleString("en")}, {showHidden(name)}
      </span>
      <output tabIndex={0} aria-label="Cell">
        {text === null ? (
          <span class="table-null">null</span>
        ) : (
          showHiddenInText(text.slice(0, SHOWN_CHARS))
        )}
      </output>
      <CopyButton text={text ?? ""} label="Copy cell" />
    </div>
  );
}
