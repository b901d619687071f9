// The keyboard of a table.
import { SPAN_ROWS, type TableState } from "./table-state.ts";

/** Rows that Page Up and Page Down move by. */
const PAGE = 20;

/** Acts on a key; `openHead` for Enter on a column's head. Answers whether it was one of the table's. */
export function onTableKey(
  event: KeyboardEvent,
  table: TableState,
  columns: number,
  openHead: (column: number) => void,
): boolean {
  const { row, column } = table.active.value;
  const first = table.base.value;
  const last = first + Math.min(table.span.value, SPAN_ROWS) - 1;
  const jumps = event.ctrlKey || event.metaKey;
  const toRow = (to: number): void => {
    table.active.value = { row: to < first ? -1 : Math.min(last, to), column };
  };
  const toColumn = (to: number): void => {
    table.active.value = { row, column: Math.max(0, Math.min(columns - 1, to)) };
  };
  switch (event.key) {
    case "ArrowDown":
      toRow(row === -1 ? first : row + 1);
      break;
    case "ArrowUp":
      toRow(row - 1);
      break;
    case "PageDown":
      toRow(Math.max(first, row) + PAGE);
      break;
    case "PageUp":
      toRow(row === -1 ? -1 : Math.max(first, row - PAGE));
      break;
    case "ArrowRight":
      toColumn(column + 1);
      break;
    case "ArrowLeft":
      toColumn(column - 1);
      break;
    case "Home":
      if (jumps) table.active.value = { row: first, column: 0 };
      else toColumn(0);
      break;
    case "End":
      if (jumps) table.active.value = { row: last, column: columns - 1 };
      else toColumn(columns - 1);
      break;
    case "Enter":
      if (row !== -1) return false;
      openHead(column);
      break;
    default:
      return false;
  }
  event.preventDefault();
  return true;
}
