// Rows read a page at a time as they come into view; those long out of view are forgotten.
import { signal } from "@preact/signals";
import { isCairnError } from "../../core/errors.ts";

/** Pages kept at hand. */
const KEPT_PAGES = 200;
/** Of the pages asked for while another was read, the latest: the others went out of view meanwhile. */
const WAITING_PAGES = 4;

interface PagedRowsOptions<Row> {
  readonly pageRows: number;
  /** The first rows, where they are known. */
  readonly first: readonly Row[];
  /** Rows from `start`; fewer than asked for at the end. */
  readonly read: (start: number, count: number) => Promise<readonly Row[]>;
  /** Rows were asked for that there are not. */
  readonly onPastEnd: () => void;
}

export class PagedRows<Row> {
  /** Goes up whenever rows arrived. */
  readonly arrivals = signal(0);
  /** What kept the last page from being read. */
  readonly failure = signal<{ readonly error: unknown } | null>(null);
  /** Rows that there are at least, or that are tried. */
  readonly known = signal(0);
  /** Whether {@link PagedRows.known} is all. */
  readonly isEndKnown = signal(false);
  readonly #options: PagedRowsOptions<Row>;
  readonly #pages = new Map<number, readonly Row[]>();
  /** Rows that were seen. */
  #seen: number;
  #waiting: number[] = [];
  #isReading = false;

  constructor(options: PagedRowsOptions<Row>) {
    this.#options = options;
    const { first, pageRows } = options;
    // A page that is not whole may go on: only reading tells.
    for (let page = 0; (page + 1) * pageRows <= first.length; page++)
      this.#pages.set(page, first.slice(page * pageRows, (page + 1) * pageRows));
    this.known.value = first.length;
    this.#seen = first.length;
  }

  /** The row, or `undefined` until it was read, which this asks for. */
  get(index: number): Row | undefined {
    const { pageRows, first } = this.#options;
    const number = Math.floor(index / pageRows);
    const page = this.#pages.get(number);
    if (page === undefined) this.#want(number);
    return page === undefined ? first[index] : page[index % pageRows];
  }

  /** Counts a row among those that can be scrolled to; whether it is there will be seen. */
  expect(index: number): void {
    this.known.value = Math.max(this.known.value, index + 1);
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.failure.value = null;
    this.arrivals.value++;
  }

  #want(page: number): void {
    if (this.failure.peek() !== null) return;
    this.#waiting = [...this.#waiting.filter((other) => other !== page), page].slice(
      -WAITING_PAGES,
    );
    if (!this.#isReading) void this.#readWaiting();
  }

  async #readWaiting(): Promise<void> {
    this.#isReading = true;
    // Not while the page renders.
    await Promise.resolve();
    for (let page = this.#waiting.pop(); page !== undefined; page = this.#waiting.pop())
      if (!this.#pages.has(page)) await this.#read(page);
    this.#isReading = false;
  }

  async #read(page: number): Promise<void> {
    const { pageRows, read } = this.#options;
    const start = page * pageRows;
    try {
      const rows = await read(start, pageRows);
      this.#keep(page, rows);
      if (rows.length > 0) this.#seen = Math.max(this.#seen, start + rows.length);
      this.known.value = Math.max(this.known.value, this.#seen);
      if (rows.length === pageRows) return;
      // Nothing may be far behind the end, or right behind it.
      this.isEndKnown.value = rows.length > 0 || start <= this.#seen;
      this.known.value = this.#seen;
      if (!this.isEndKnown.value) this.#options.onPastEnd();
    } catch (error) {
      this.#waiting = [];
      // Interrupted for something else: what is still in view is asked for again.
      if (!isCairnError(error, "aborted")) this.failure.value = { error };
    } finally {
      this.arrivals.value++;
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    this.#pages.set(page, rows);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > KEPT_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }
}
