// Guesses what separates the cells and the rows of a table in text.
import type { ByteSource } from "../byte-source.ts";
import { scanRows, type RowExtent } from "./row-scanner.ts";
import { splitCells } from "./split-cells.ts";

/** How a table in text is written. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly newline: "\n" | "\r";
}

const DELIMITERS = [",", "\t", ";", "|"];
const GUESS_BYTES = 64 * 1024;
const GUESS_ROWS = 50;

/**
 * Guesses from the file's head: the delimiter that gives rows of one length, the preferred one in doubt.
 *
 * @param startByte behind the mark of the encoding
 */
export async function guessDialect(
  source: ByteSource,
  startByte: number,
  preferred: string,
): Promise<CsvDialect> {
  const head = await source.read(startByte, startByte + GUESS_BYTES);
  const newline = !head.includes(0x0a) && head.includes(0x0d) ? "\r" : "\n";
  let best: CsvDialect = { delimiter: preferred, newline };
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const isCut = startByte + head.length < source.size;
    const lengths = await rowLengths(head, { delimiter, newline }, isCut);
    const score = scoreOf(lengths) + (delimiter === preferred ? 0.05 : 0);
    if (score > bestScore && lengths.some((length) => length > 1)) {
      best = { delimiter, newline };
      bestScore = score;
    }
  }
  return best;
}

/** The share of rows that have the usual length; longer ones are likelier to be meant. */
function scoreOf(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  let score = 0;
  for (const [length, count] of counts)
    if (length > 1) score = Math.max(score, count / lengths.length + Math.min(length, 100) / 1000);
  return score;
}

async function rowLengths(
  head: Uint8Array<ArrayBuffer>,
  { delimiter, newline }: CsvDialect,
  isCut: boolean,
): Promise<number[]> {
  const source: ByteSource = {
    size: head.length,
    read: async (start, end) => head.slice(start, end),
  };
  const rows: RowExtent[] = [];
  const rules = { delimiter: delimiter.charCodeAt(0), newline: newline.charCodeAt(0) };
  const scanner = scanRows(source, rules, { row: 0, offset: 0, strikes: 0 });
  let goesOn = true;
  while (goesOn) goesOn = await scanner.step(head.length, (row) => void rows.push(row));
  // The last row of a cut head is half a row, and a quote left open by the cut misleads.
  const whole = isCut && rows.length > 1 ? rows.slice(0, -1) : rows;
  const fair = whole.filter((row) => !isCut || row.strikes === 0).slice(0, GUESS_ROWS);
  const decoder = new TextDecoder();
  return fair.map(
    (row) =>
      splitCells(
        decoder.decode(head.subarray(row.offset, row.end)),
        delimiter,
        row.isLiteral,
        Number.POSITIVE_INFINITY,
      ).length,
  );
}
