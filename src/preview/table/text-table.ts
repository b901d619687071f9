// What tables in text have in common: rows found through an index, counted and summed up.
import { CairnError } from "../../core/errors.ts";
import { PROGRESS_INTERVAL_MS } from "../../protocol/jobs.ts";
import type { TableColumn, TablePreview, TableRow } from "../../protocol/preview-api.ts";
import type { OpenedTable } from "../opened.ts";
import type { RowIndex, RowText } from "./row-index.ts";
import { startSummary, SUMMARY_ROWS } from "./summary.ts";

/** Rows of a first view. */
export const FIRST_ROWS = 100;
/** What a first view may read to find them. */
export const FIRST_BYTES = 8 << 20;
/** The most rows one call gives. */
export const MAX_PAGE = 1_000;
/** A file of this size is counted at once. */
const COUNTED_BYTES = 4 << 20;
const SUMMARY_BYTES = 64 << 20;
const SUMMARY_STEP = 1_000;

/** A table in text, as its format understands it. */
export interface TextTable {
  readonly format: TablePreview["format"];
  readonly columns: readonly TableColumn[];
  readonly notes: readonly string[];
  readonly index: RowIndex;
  /** Rows before the first: the header. */
  readonly skippedRows: number;
  readonly firstRows: readonly TableRow[];
  readonly bytesTotal: number;
  readonly toRow: (text: RowText) => TableRow;
  /** One cell of a row, which may be had for less than the row. */
  readonly toCell: (text: RowText, column: number) => string | null;
}

/** Makes the open table. */
export async function openTextTable(table: TextTable): Promise<OpenedTable> {
  const { index, skippedRows, columns } = table;
  if (table.bytesTotal <= COUNTED_BYTES) while (await index.advance());
  let isClosed = false;
  const goOn = (): void => {
    if (isClosed) throw new CairnError("aborted", {});
  };
  const rowCount = (): number | null =>
    index.rowCount === null ? null : Math.max(0, index.rowCount - skippedRows);
  return {
    preview: {
      kind: "table",
      format: table.format,
      columns,
      rowCount: rowCount(),
      rows: table.firstRows,
      notes: table.notes,
    },
    readRows: async (start, count) => {
      const from = Math.max(0, Math.floor(start)) + skippedRows;
      return (await index.readTexts(from, Math.min(count, MAX_PAGE))).map(table.toRow);
    },
    countRows: async (onProgress) => {
      let told = 0;
      while (await index.advance()) {
        goOn();
        if (Date.now() - told < PROGRESS_INTERVAL_MS) continue;
        told = Date.now();
        onProgress(index.bytesDone, table.bytesTotal);
      }
      return rowCount() ?? 0;
    },
    summarise: async (column) => {
      const summary = startSummary(columns[column]?.isNumeric ?? false);
      let chars = 0;
      let texts: readonly RowText[] = [];
      do {
        goOn();
        texts = await index.readTexts(skippedRows + summary.rowsRead, SUMMARY_STEP);
        summary.add(texts.map((text) => table.toCell(text, column)));
        chars += texts.reduce((sum, { text }) => sum + text.length, 0);
      } while (texts.length > 0 && summary.rowsRead < SUMMARY_ROWS && chars < SUMMARY_BYTES);
      return summary.result(summary.rowsRead === rowCount());
    },
    close: () => {
      isClosed = true;
    },
  };
}
