// The cells of a table: rows and columns out of view don't exist.
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ChartNoAxesColumn } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { TableColumn, TableRow } from "../../protocol/preview-api.ts";
import { Icon } from "../parts/icon.tsx";
import { onTableKey } from "./table-keys.ts";
import type { TableState } from "./table-state.ts";
import { widthsOf } from "./table-widths.ts";
import { useVirtual } from "../parts/use-virtual.ts";
import "./table-viewer.css";

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 48;
/** What a cell shows of a long text; the line below shows more. */
const CELL_CHARS = 120;

interface TableGridProps {
  readonly table: TableState;
  readonly columns: readonly TableColumn[];
  readonly sample: readonly TableRow[];
  /** Opens the summary of a column below its head. */
  readonly onHead: (column: number, head: HTMLElement) => void;
}

export function TableGrid({ table, columns, sample, onHead }: TableGridProps): JSX.Element {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => widthsOf(columns, sample), [columns, sample]);
  const base = table.base.value;
  const count = table.span.value;
  // Rows that arrive are drawn.
  void table.rows.arrivals.value;
  const { row: activeRow, column: activeColumn } = table.active.value;
  const numberWidth = 26 + String(base + count).length * 8;
  const rows = useVirtual({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 8,
  });
  const across = useVirtual({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => widths[i] ?? 0,
    paddingStart: numberWidth,
    scrollPaddingStart: numberWidth,
    overscan: 3,
  });
  useEffect(() => {
    if (activeRow >= base) rows.scrollToIndex(activeRow - base, { align: "auto" });
    across.scrollToIndex(activeColumn, { align: "auto" });
  }, [rows, across, activeRow, activeColumn, base]);
  const shownColumns = across.getVirtualItems();
  const width = across.getTotalSize();
  const shownRows = rows.getVirtualItems();
  const isShown =
    (activeRow === -1 || shownRows.some(({ index }) => index + base === activeRow)) &&
    shownColumns.some(({ index }) => index === activeColumn);
  const idOf = (row: number, column: number): string => `${id}-${row}-${column}`;
  return (
    <div
      ref={scroller}
      class="table-grid"
      role="grid"
      tabIndex={0}
      aria-label="Table. Arrows move, Ctrl+C copies the cell, Enter on a column's head sums it up."
      aria-rowcount={(table.total.value ?? -2) + 1}
      aria-colcount={columns.length + 1}
      {...(isShown && { "aria-activedescendant": idOf(activeRow, activeColumn) })}
      onKeyDown={(event) => {
        onTableKey(event, table, columns.length, (column) => {
          const head = document.getElementById(idOf(-1, column));
          if (head !== null) onHead(column, head);
        });
      }}
      onCopy={(event) => {
        // What is selected goes before.
        const text = table.rows.get(activeRow)?.[activeColumn];
        if (getSelection()?.isCollapsed === false || text === undefined) return;
        event.clipboardData?.setData("text/plain", text ?? "");
        event.preventDefault();
      }}
    >
      <div
        class="table-space"
        role="presentation"
        style={{ width: `${width}px`, height: `${rows.getTotalSize()}px` }}
      >
        <div class="grid-head" role="row" aria-rowindex={1} style={{ height: `${HEAD_HEIGHT}px` }}>
          <span class="table-number" role="columnheader" style={{ width: `${numberWidth}px` }}>
            <span class="visually-hidden">Row</span>
          </span>
          {shownColumns.map(({ index, start, size }) => (
            <Head
              key={index}
              id={idOf(-1, index)}
              column={columns[index]}
              index={index}
              isActive={activeRow === -1 && activeColumn === index}
              place={{ left: `${start}px`, width: `${size}px` }}
              onOpen={(head) => {
                table.active.value = { row: -1, column: index };
                onHead(index, head);
              }}
            />
          ))}
        </div>
        {shownRows.map(({ index, start }) => {
          const number = base + index;
          const row = table.rows.get(number);
          return (
            <div
              key={number}
              class="grid-row"
              role="row"
              aria-rowindex={number + 2}
              style={{ height: `${ROW_HEIGHT}px`, transform: `translateY(${start}px)` }}
            >
              <span class="table-number" role="rowheader" style={{ width: `${numberWidth}px` }}>
                {(number + 1).toLocaleString("en")}
              </span>
              {shownColumns.map(({ index: column, start: left, size }) => (
                <Cell
                  key={column}
                  id={idOf(number, column)}
                  index={column}
                  text={row === undefined ? undefined : (row[column] ?? null)}
                  isNumeric={columns[column]?.isNumeric === true}
                  isActive={activeRow === number && activeColumn === column}
                  place={{ left: `${left}px`, width: `${size}px` }}
                  onPress={() => (table.active.value = { row: number, column })}
                />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface PlaceProps {
  readonly id: string;
  readonly index: number;
  readonly isActive: boolean;
  readonly place: { readonly left: string; readonly width: string };
}

function Head({
  id,
  column,
  index,
  isActive,
  place,
  onOpen,
}: PlaceProps & {
  readonly column: TableColumn | undefined;
  readonly onOpen: (head: HTMLElement) => void;
}): JSX.Element {
  return (
    <span
      id={id}
      class={`table-column${isActive ? " is-active" : ""}`}
      role="columnheader"
      aria-colindex={index + 2}
      title={`${showHidden(column?.name ?? "")}: summary`}
      style={place}
      onClick={({ currentTarget }) => onOpen(currentTarget)}
    >
      <strong>{showHidden(column?.name ?? "")}</strong>
      <span class="muted">
        {showHidden(column?.type ?? "")}
        <Icon icon={ChartNoAxesColumn} size={12} />
      </span>
    </span>
  );
}

function Cell({
  id,
  index,
  text,
  isNumeric,
  isActive,
  place,
  onPress,
}: PlaceProps & {
  /** `undefined` until it was read. */
  readonly text: string | null | undefined;
  readonly isNumeric: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const looks = `${isNumeric ? " is-numeric" : ""}${isActive ? " is-active" : ""}`;
  return (
    <span
      id={id}
      class={`table-cell${looks}`}
      role="gridcell"
      aria-colindex={index + 2}
      style={place}
      onClick={onPress}
    >
      {text === undefined ? (
        <span class="muted">…</span>
      ) : text === null ? (
        <span class="table-null">null</span>
      ) : (
        showHidden(text.slice(0, CELL_CHARS))
      )}
    </span>
  );
}
