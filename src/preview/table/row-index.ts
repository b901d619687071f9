// Remembers where some rows begin, so that any page of a long table is near a place that is known.
import type { ByteSource } from "../byte-source.ts";
import { scanRows, type RowExtent, type RowPlace, type RowRules } from "./row-scanner.ts";

/** Text of a row; what is longer than a row may be on a screen is cut. */
export interface RowText {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly isCut: boolean;
}

export interface RowIndex {
  /** `null` until the end was read. */
  readonly rowCount: number | null;
  readonly bytesDone: number;
  /** Reads on, a piece at a time; `false` at the end. */
  advance(): Promise<boolean>;
  /** The texts of rows; fewer at the end. `maxScan` ends the search for them after so many bytes. */
  readTexts(start: number, count: number, maxScan?: number): Promise<readonly RowText[]>;
}

const MAX_ROW_TEXT = 1 << 20;
const FIRST_STEP = 64 * 1024;
const STEP = 1 << 20;
const BATCH = 1 << 20;
const MAX_PLACES = 20_000;

/** An index over the rows from an offset on. */
export function indexRows(source: ByteSource, rules: RowRules, startByte: number): RowIndex {
  let places: RowPlace[] = [{ row: 0, offset: startByte, strikes: 0 }];
  let distance = FIRST_STEP;
  const front = scanRows(source, rules, { row: 0, offset: startByte, strikes: 0 });
  let rows = 0;
  let isWhole = false;
  let running: Promise<boolean> | null = null;

  const note = (row: RowExtent): void => {
    rows = row.row + 1;
    const last = places.at(-1);
    if (last !== undefined && row.offset - last.offset < distance) return;
    places.push(row);
    if (places.length <= MAX_PLACES) return;
    places = places.filter((_, index) => index % 2 === 0);
    distance *= 2;
  };
  // Pages and counts may ask at the same time: they share one step.
  const advance = (): Promise<boolean> =>
    (running ??= front
      .step(Math.min(STEP, Math.max(FIRST_STEP, front.offset - startByte)), note)
      .then((goesOn) => {
        isWhole = !goesOn;
        return goesOn;
      })
      .finally(() => {
        running = null;
      }));

  const extents = async (start: number, end: number): Promise<RowExtent[]> => {
    const found: RowExtent[] = [];
    const place = places.findLast(({ row }) => row <= start) ?? places[0];
    if (place === undefined) return found;
    const scanner = scanRows(source, rules, place);
    for (let goesOn = true; goesOn && found.length < end - start;)
      goesOn = await scanner.step(FIRST_STEP, (row) => {
        if (row.row >= start && row.row < end) found.push(row);
      });
    return found;
  };

  return {
    get rowCount() {
      return isWhole ? rows : null;
    },
    get bytesDone() {
      return front.offset;
    },
    advance,
    readTexts: async (start, count, maxScan = Number.POSITIVE_INFINITY) => {
      const isEnough = (): boolean =>
        rows >= start + count || front.offset - startByte >= maxScan || isWhole;
      while (!isEnough()) await advance();
      const end = Math.min(start + count, rows);
      if (start < end) return readTexts(source, await extents(start, end));
      // One row that goes on and on: what was read of it is better than nothing.
      const isEndless = start === 0 && !isWhole;
      return isEndless ? readTexts(source, [endless(startByte, front.offset)]) : [];
    },
  };
}

function endless(offset: number, end: number): RowExtent {
  return { row: 0, offset, end, strikes: 0, isLiteral: true };
}

/** Rows lie one after the other, so many are read at once. */
async function readTexts(
  source: ByteSource,
  rows: readonly RowExtent[],
): Promise<readonly RowText[]> {
  const texts: RowText[] = [];
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let at = 0; at < rows.length;) {
    const first = rows[at];
    if (first === undefined) break;
    let next = at + 1;
    while (next < rows.length && (rows[next]?.end ?? 0) - first.offset <= BATCH) next++;
    const end = Math.min(
      (rows[next - 1] ?? first).end,
      first.offset + Math.max(BATCH, MAX_ROW_TEXT),
    );
    const bytes = await source.read(first.offset, end);
    for (const row of rows.slice(at, next)) {
      const isCut = row.end - row.offset > MAX_ROW_TEXT;
      const from = row.offset - first.offset;
      const length = Math.min(row.end - row.offset, MAX_ROW_TEXT);
      texts.push({
        text: decoder.decode(bytes.subarray(from, from + length)),
        isLiteral: row.isLiteral,
        isCut,
      });
    }
    at = next;
  }
  return texts;
}
