// Opens a Parquet file: its footer at once, its rows page by page.
import { parquetMetadata, parquetSchema, type FileMetaData } from "hyparquet";
import { CairnError } from "../../core/errors.ts";
import type { TableRow } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { ByteSource } from "../byte-source.ts";
import type { OpenedTable, PreviewFile } from "../opened.ts";
import { MAX_COLUMNS } from "./columns.ts";
import { readGroup } from "./parquet-reader.ts";
import { keepRaw, parquetColumns, type ParquetColumn } from "./parquet-schema.ts";
import { startSummary, SUMMARY_ROWS } from "./summary.ts";
import { FIRST_ROWS, MAX_PAGE } from "./text-table.ts";

/** A footer describes each column of each row group; larger ones are none. */
const MAX_FOOTER = 64 << 20;
const SUMMARY_STEP = 20_000;

/** Opens it; throws `file_unreadable` where the footer is missing or makes no sense. */
export async function openParquet({ source, path }: PreviewFile): Promise<OpenedTable> {
  const metadata = await readFooter(source, path);
  const { all, groups, rowCount } = understand(metadata, path);
  const columns = all.slice(0, MAX_COLUMNS);
  const broken = new Set<ParquetColumn>();
  let isClosed = false;

  const readColumns = async (
    wanted: readonly ParquetColumn[],
    start: number,
    count: number,
  ): Promise<TableRow[]> => {
    const rows: TableRow[] = [];
    const end = Math.min(start + count, rowCount);
    for (const { group, first, size } of groups) {
      const from = Math.max(start - first, 0);
      const to = Math.min(end - first, size);
      if (from >= to) continue;
      if (isClosed) throw new CairnError("aborted", {});
      const readable = wanted.filter((column) => !broken.has(column));
      const read = await readGroup(source, metadata, group, readable, from, to);
      for (const { column, texts } of read) if (texts === null) broken.add(column);
      const texts = new Map(read.map((one) => [one.column, one.texts]));
      for (let row = 0; row < to - from; row++)
        rows.push(wanted.map((column) => texts.get(column)?.[row] ?? null));
    }
    return rows;
  };

  const rows = await readColumns(columns, 0, FIRST_ROWS);
  return {
    preview: {
      kind: "table",
      format: "parquet",
      columns: columns.map(({ name, type, isNumeric }) => ({ name, type, isNumeric })),
      rowCount,
      rows,
      notes: notesOf(metadata, all, rowCount, broken),
    },
    readRows: (start, count) =>
      readColumns(columns, Math.max(0, Math.floor(start)), Math.min(count, MAX_PAGE)),
    countRows: async () => rowCount,
    summarise: async (index) => {
      const wanted = columns.slice(index, index + 1);
      const summary = startSummary(columns[index]?.isNumeric ?? false);
      const end = Math.min(SUMMARY_ROWS, rowCount);
      while (summary.rowsRead < end) {
        const step = Math.min(SUMMARY_STEP, end - summary.rowsRead);
        const cells = await readColumns(wanted, summary.rowsRead, step);
        summary.add(cells.map(([cell = null]) => cell));
      }
      return summary.result(summary.rowsRead === rowCount);
    },
    close: () => {
      isClosed = true;
    },
  };
}

async function readFooter(source: ByteSource, path: string): Promise<FileMetaData> {
  const tail = await source.read(source.size - 8, source.size);
  const magic = String.fromCharCode(...tail.subarray(4));
  if (magic === "PARE") throw badFile(path, "it is encrypted");
  if (tail.length < 8 || source.size < 12 || magic !== "PAR1")
    throw badFile(path, "its footer is missing, as if the file were cut off");
  const length = new DataView(tail.buffer).getUint32(0, true);
  if (length > source.size - 12)
    throw badFile(path, "its footer is said to be longer than the file");
  if (length > MAX_FOOTER) throw badFile(path, "its footer is too large to read");
  const footer = await source.read(source.size - 8 - length, source.size);
  try {
    return parquetMetadata(footer, { geoparquet: false });
  } catch (error) {
    throw badFile(path, "its footer is damaged", error);
  }
}

interface GroupPlace {
  readonly group: FileMetaData["row_groups"][number];
  readonly first: number;
  readonly size: number;
}

/** The columns, and where row groups begin; refuses counts that can't be. */
function understand(
  metadata: FileMetaData,
  path: string,
): { readonly all: ParquetColumn[]; readonly groups: GroupPlace[]; readonly rowCount: number } {
  try {
    const root = parquetSchema(metadata);
    const all = parquetColumns(root);
    keepRaw(root);
    const groups: GroupPlace[] = [];
    let rowCount = 0;
    for (const group of metadata.row_groups) {
      const size = Number(group.num_rows);
      if (!(size >= 0) || !Number.isSafeInteger(rowCount + size))
        throw badFile(path, "its row counts make no sense");
      groups.push({ group, first: rowCount, size });
      rowCount += size;
    }
    return { all, groups, rowCount };
  } catch (error) {
    throw error instanceof CairnError ? error : badFile(path, "its schema is damaged", error);
  }
}

function notesOf(
  metadata: FileMetaData,
  all: readonly ParquetColumn[],
  rowCount: number,
  broken: ReadonlySet<ParquetColumn>,
): string[] {
  const notes: string[] = [];
  if (all.length > MAX_COLUMNS)
    notes.push(
      `Only the first ${MAX_COLUMNS.toLocaleString("en")} of ${all.length.toLocaleString("en")} columns are shown.`,
    );
  if (Number(metadata.num_rows) !== rowCount)
    notes.push("The footer and the row groups disagree on the number of rows.");
  const [first] = broken;
  if (first !== undefined && broken.size === all.length)
    notes.push(
      "The rows can't be read: their data is damaged or of a variant that Cairn doesn't know.",
    );
  else if (first !== undefined)
    notes.push(
      broken.size === 1
        ? `The column “${first.name}” can't be read.`
        : `${broken.size.toLocaleString("en")} columns can't be read, “${first.name}” among them.`,
    );
  return notes;
}
