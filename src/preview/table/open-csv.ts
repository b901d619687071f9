// Opens a table whose cells are separated by a character: CSV and its relatives.
import type { TableRow } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedTable, PreviewFile } from "../opened.ts";
import { cutCell } from "./cells.ts";
import { columnsOf, hasHeader, MAX_COLUMNS } from "./columns.ts";
import { guessDialect } from "./csv-dialect.ts";
import { indexRows, type RowText } from "./row-index.ts";
import { splitCells } from "./split-cells.ts";
import { FIRST_BYTES, FIRST_ROWS, openTextTable } from "./text-table.ts";

/** Opens it with the delimiter and the header guessed. */
export async function openCsv(
  { source, path }: PreviewFile,
  startByte: number,
  format: "csv" | "tsv",
): Promise<OpenedTable> {
  const { delimiter, newline } = await guessDialect(
    source,
    startByte,
    format === "tsv" ? "\t" : ",",
  );
  const rules = { delimiter: delimiter.charCodeAt(0), newline: newline.charCodeAt(0) };
  const index = indexRows(source, rules, startByte);
  const texts = await index.readTexts(0, FIRST_ROWS + 1, FIRST_BYTES);
  const split = ({ text, isLiteral }: RowText, max: number): string[] =>
    splitCells(text, delimiter, isLiteral, max);
  const raw = texts.map((text) => split(text, MAX_COLUMNS + 1));
  const [first] = raw;
  if (first === undefined) throw badFile(path, "it has no rows");

  const named = hasHeader(first, raw.slice(1));
  const body = (named ? raw.slice(1) : raw).map(cellsOf);
  const columns = columnsOf(named ? first : [], body);
  const toRow = (text: RowText): TableRow => {
    const cells = cellsOf(split(text, columns.length));
    while (cells.length < columns.length) cells.push(null);
    return cells;
  };
  return openTextTable({
    format: delimiter === "\t" ? "tsv" : format,
    columns,
    notes: notesOf(texts, raw),
    index,
    skippedRows: named ? 1 : 0,
    firstRows: (named ? texts.slice(1) : texts).slice(0, FIRST_ROWS).map(toRow),
    bytesTotal: source.size,
    toRow,
    toCell: (text, column) => cellsOf(split(text, column + 1))[column] ?? null,
  });
}

/** An empty cell holds no value. */
function cellsOf(cells: readonly string[]): (string | null)[] {
  return cells.map((cell) => (cell === "" ? null : cutCell(cell)));
}

function notesOf(texts: readonly RowText[], rows: readonly (readonly string[])[]): string[] {
  const notes: string[] = [];
  const widths = rows.map((cells) => cells.length);
  const width = Math.max(...widths);
  if (width > MAX_COLUMNS)
    notes.push(`Only the first ${MAX_COLUMNS.toLocaleString("en")} columns are shown.`);
  else if (new Set(widths).size > 1) notes.push("Not all rows have the same number of cells.");
  if (texts.some(({ isCut }) => isCut)) notes.push("Some rows are very long and are cut.");
  if (texts.some(({ isLiteral }) => isLiteral))
    notes.push("A quote is never closed. It is taken for a plain character.");
  if (texts.some(({ text }) => text.includes("\ufffd")))
    notes.push("Some bytes are not valid UTF-8. They are shown as \ufffd.");
  return notes;
}
