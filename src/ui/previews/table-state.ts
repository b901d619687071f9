// A table as a person looks through it: rows in view, how many there are, the cell they are on.
import { computed, signal } from "@preact/signals";
import { isCairnError } from "../../core/errors.ts";
import type { ColumnSummary, TablePreview, TableRow } from "../../protocol/preview-api.ts";
import type { PreviewState } from "../state/preview-state.ts";
import { PagedRows } from "./paged-rows.ts";

const PAGE_ROWS = 100;
/** Rows that can be scrolled through at once: a browser can't draw a taller element. */
export const SPAN_ROWS = 400_000;

/** A cell, by row of the table and column; row -1 is the head. */
interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export class TableState {
  readonly rows: PagedRows<TableRow>;
  /** Rows before the first that can be scrolled to. */
  readonly base = signal(0);
  readonly active = signal<CellPlace>({ row: 0, column: 0 });
  /** How far a count is; `null` while there is none. */
  readonly counting = signal<{ readonly done: number; readonly total: number } | null>(null);
  readonly failure = signal<{ readonly error: unknown } | null>(null);
  readonly #summaries = new Map<number, Promise<ColumnSummary>>();
  readonly #counted = signal<number | null>(null);
  readonly #state: Pick<PreviewState, "ask" | "askLong" | "interrupt">;

  constructor(
    preview: Pick<TablePreview, "rows" | "rowCount">,
    state: Pick<PreviewState, "ask" | "askLong" | "interrupt">,
  ) {
    this.#state = state;
    this.#counted.value = preview.rowCount;
    this.rows = new PagedRows({
      pageRows: PAGE_ROWS,
      first: preview.rows,
      read: (start, count) => state.ask((api, id) => api.readRows(id, start, count)),
      onPastEnd: () => void this.#settleEnd(),
    });
  }

  /** All rows, or `null` while that is not known. */
  readonly total = computed<number | null>(() => {
    if (this.#counted.value !== null) return this.#counted.value;
    return this.rows.isEndKnown.value ? this.rows.known.value : null;
  });

  /** Rows to scroll through now: past the known ones there is always one page more to try. */
  readonly span = computed(() => {
    const all = this.total.value ?? this.rows.known.value + PAGE_ROWS;
    return Math.min(SPAN_ROWS, Math.max(0, all - this.base.value));
  });

  /** Reads to the end. */
  async count(): Promise<void> {
    if (this.counting.value !== null) return;
    this.failure.value = null;
    this.counting.value = { done: 0, total: 0 };
    try {
      this.#counted.value = await this.#state.askLong((api, id) =>
        api.countRows(id, (done, total) => {
          if (this.counting.value !== null) this.counting.value = { done, total };
        }),
      );
    } catch (error) {
      if (!isCairnError(error, "aborted")) this.failure.value = { error };
    }
    this.counting.value = null;
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.failure.value = null;
    this.rows.retry();
  }

  cancelCount(): void {
    this.#state.interrupt();
    this.rows.retry();
  }

  /** Makes a row one of those that can be scrolled to. */
  bringNear(row: number): void {
    const most = (this.total.value ?? Infinity) - 1;
    const target = Math.max(0, Math.min(row, most));
    const { row: before, column } = this.active.value;
    if (target < this.base.value || target >= this.base.value + SPAN_ROWS)
      this.base.value = Math.max(0, Math.floor(target / SPAN_ROWS) * SPAN_ROWS);
    // Rows not known of yet are read before they can be scrolled to.
    if (this.total.value === null) this.rows.expect(target);
    if (before !== target) this.active.value = { row: target, column };
  }

  /** What a column holds; asked for once, and again after a failure. */
  summaryOf(column: number): Promise<ColumnSummary> {
    const known = this.#summaries.get(column);
    if (known !== undefined) return known;
    const summary = this.#state.ask((api, id) => api.summarise(id, column));
    this.#summaries.set(column, summary);
    summary.catch(() => this.#summaries.delete(column));
    return summary;
  }

  /** A person went past the end: where it is has to be counted. */
  async #settleEnd(): Promise<void> {
    await this.count();
    if (this.total.value !== null) this.bringNear(this.active.value.row);
  }
}
