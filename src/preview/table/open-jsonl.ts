// Opens lines of JSON as a table: the members of the lines' objects are its columns.
import type { TableColumn, TableRow } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedTable, PreviewFile } from "../opened.ts";
import { isObject, parseLine, textOfValue, type JsonLine } from "./json-line.ts";
import { cutCell } from "./cells.ts";
import { columnsOf, MAX_COLUMNS } from "./columns.ts";
import { indexRows, type RowText } from "./row-index.ts";
import { FIRST_BYTES, FIRST_ROWS, openTextTable } from "./text-table.ts";

/** So many rows are looked at for their members: later ones may bring members that the first don't have. */
const SAMPLED_ROWS = 1_000;

/** Opens it; the first line must be JSON. */
export async function openJsonl(
  { source, path }: PreviewFile,
  startByte: number,
): Promise<OpenedTable> {
  const index = indexRows(source, { delimiter: null, newline: 0x0a }, startByte);
  const texts = await index.readTexts(0, SAMPLED_ROWS, FIRST_BYTES);
  const lines = texts.map(({ text }) => parseLine(text));
  const [first] = lines;
  if (first === undefined) throw badFile(path, "it has no lines");
  if (first.isBroken) throw badFile(path, "its first line is not JSON");

  const { names, hasLoose, isCut } = namesOf(lines);
  const cellsOf = (text: RowText): TableRow => rowOf(parseLine(text.text), text, names, hasLoose);
  const rows = texts.map((text, at) => rowOf(lines[at] ?? parseLine(""), text, names, hasLoose));
  const columns = typed(
    columnsOf(hasLoose ? [LOOSE, ...names] : names, rows.slice(0, FIRST_ROWS)),
    lines,
  );
  return openTextTable({
    format: "jsonl",
    columns,
    notes: notesOf(texts, lines, isCut),
    index,
    skippedRows: 0,
    firstRows: rows.slice(0, FIRST_ROWS),
    bytesTotal: source.size,
    toRow: cellsOf,
    toCell: (text, column) => cellsOf(text)[column] ?? null,
  });
}

/** The column of lines that are no objects. */
const LOOSE = "value";

function namesOf(lines: readonly JsonLine[]): {
  readonly names: readonly string[];
  readonly hasLoose: boolean;
  readonly isCut: boolean;
} {
  const names = new Set<string>();
  let isCut = false;
  for (const { value } of lines)
    if (isObject(value))
      for (const name of Object.keys(value))
        if (names.size < MAX_COLUMNS) names.add(name);
        else if (!names.has(name)) isCut = true;
  return {
    names: [...names],
    hasLoose: lines.some(({ value, isBroken }) => isBroken || !isObject(value)),
    isCut,
  };
}

function rowOf(
  line: JsonLine,
  { text }: RowText,
  names: readonly string[],
  hasLoose: boolean,
): TableRow {
  const { value } = line;
  const cells: (string | null)[] = isObject(value)
    ? names.map((name) => (Object.hasOwn(value, name) ? textOfValue(value[name]) : null))
    : names.map(() => null);
  if (hasLoose)
    cells.unshift(isObject(value) ? null : line.isBroken ? cutCell(text) : textOfValue(value));
  return cells;
}

/** JSON says what is a number: digits in a string are text. */
function typed(columns: readonly TableColumn[], lines: readonly JsonLine[]): TableColumn[] {
  return columns.map((column) => {
    const types = new Set<string>();
    for (const { value } of lines.slice(0, FIRST_ROWS))
      if (isObject(value) && Object.hasOwn(value, column.name))
        types.add(typeName(value[column.name]));
    types.delete("null");
    const [only] = types;
    if (types.size !== 1 || only === undefined || only === "number") return column;
    const keepsType = only === "text" && column.type === "date";
    return { ...column, type: keepsType ? "date" : only, isNumeric: false };
  });
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return isObject(value) ? "object" : typeof value;
}

function notesOf(texts: readonly RowText[], lines: readonly JsonLine[], isCut: boolean): string[] {
  const notes: string[] = [];
  const broken = lines.findIndex((line) => line.isBroken);
  if (texts.some((text) => text.isCut)) notes.push("Some lines are very long and are cut.");
  else if (broken !== -1)
    notes.push(
      `Line ${(broken + 1).toLocaleString("en")} is not JSON. Such lines are shown as text.`,
    );
  if (texts.length === SAMPLED_ROWS && !isCut)
    notes.push(
      `The columns are those of the first ${SAMPLED_ROWS.toLocaleString("en")} lines. What first appears later has none.`,
    );
  if (isCut) notes.push(`Only the first ${MAX_COLUMNS.toLocaleString("en")} columns are shown.`);
  return notes;
}
