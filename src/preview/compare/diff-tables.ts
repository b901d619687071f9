// Two tables: which columns came, went or changed their type, and how many rows there are.
import type { ColumnChange, TableDiff } from "../../protocol/compare-api.ts";
import type { TableColumn } from "../../protocol/preview-api.ts";
import { sourceOf } from "../byte-source.ts";
import type { OpenedTable } from "../opened.ts";
import { openTable } from "../table/open-table.ts";

type OnProgress = (bytesDone: number, bytesTotal: number) => void;

/**
 * Compares the columns and row counts of two tables.
 *
 * @throws CairnError `file_unreadable` where a side is no table, `aborted` by the signal
 */
export async function diffTables(
  before: Blob,
  after: Blob,
  path: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<TableDiff> {
  const older = await openTable({ source: sourceOf(before), blob: before, path });
  const newer = await openTable({ source: sourceOf(after), blob: after, path });
  signal.throwIfAborted();
  const stop = (): void => {
    older.close();
    newer.close();
  };
  signal.addEventListener("abort", stop);
  try {
    const total = before.size + after.size;
    const rowsBefore = await rowsOf(older, (done) => onProgress(done, total));
    const rowsAfter = await rowsOf(newer, (done) => onProgress(before.size + done, total));
    const columns = diffColumns(older.preview.columns, newer.preview.columns);
    return { columns, rowsBefore, rowsAfter, notes: notesOf(older, newer, columns) };
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function rowsOf(table: OpenedTable, onDone: (bytes: number) => void): Promise<number> {
  return table.preview.rowCount ?? table.countRows(onDone);
}

/** Pairs columns by name; of several with one name the first goes with the first. */
function diffColumns(
  before: readonly TableColumn[],
  after: readonly TableColumn[],
): readonly ColumnChange[] {
  const waiting = new Map<string, TableColumn[]>();
  for (const column of before.toReversed()) {
    const same = waiting.get(column.name);
    if (same === undefined) waiting.set(column.name, [column]);
    else same.push(column);
  }
  const paired = new Set<TableColumn>();
  const changes = after.map((column): ColumnChange => {
    const old = waiting.get(column.name)?.pop() ?? null;
    if (old !== null) paired.add(old);
    return { name: column.name, before: old, after: column };
  });
  for (const column of before)
    if (!paired.has(column)) changes.push({ name: column.name, before: column, after: null });
  return changes;
}

function notesOf(
  older: OpenedTable,
  newer: OpenedTable,
  columns: readonly ColumnChange[],
): readonly string[] {
  const kept = columns.flatMap(({ before, after }) =>
    before !== null && after !== null ? [older.preview.columns.indexOf(before)] : [],
  );
  return [
    ...(kept.some((at, i) => i > 0 && at < (kept[i - 1] ?? 0))
      ? ["The columns are in another order."]
      : []),
    ...older.preview.notes.map((note) => `Older file: ${note}`),
    ...newer.preview.notes.map((note) => `Newer file: ${note}`),
  ];
}
