// Walks the page headers of a column in a Parquet file: what must be read for some rows, and whether sizes in them lie.
import type { ColumnMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import type { ByteSource } from "../byte-source.ts";

/** A page, by its place in the file. */
export interface Page {
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** Rows up to its end in the row group; `null` where its header doesn't say, as in lists. */
  readonly lastRow: number | null;
  readonly isDictionary: boolean;
  readonly header: PageHeader;
  /** What decoding it takes. */
  readonly unpackedBytes: number;
}

const HEADER_BYTES = 4 * 1024;
/** Headers hold the least and the greatest value, which may be long texts. */
const LONG_HEADER_BYTES = 1 << 20;
/** Pages of real files are about 1 MiB; these keep a lying one from filling the memory. */
const MAX_PAGE_VALUES = 1 << 23;
const MAX_PAGE_BYTES = 1 << 28;

/** Where a column's bytes begin: with its dictionary where it has one. */
export function columnStart(column: ColumnMetaData): number {
  return Number(column.dictionary_page_offset || column.data_page_offset);
}

/**
 * The pages from a column's start to the one that holds row `untilRow`.
 *
 * @param untilByte where headers don't tell rows: so many bytes are taken
 * @throws Error where headers make no sense
 */
export async function walkPages(
  source: ByteSource,
  column: ColumnMetaData,
  isFlat: boolean,
  untilRow: number,
  untilByte: number,
): Promise<readonly Page[]> {
  const start = columnStart(column);
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 4 && end > start && end <= source.size))
    throw new RangeError("a column lies outside of the file");
  const pages: Page[] = [];
  let row: number | null = 0;
  for (let at = start; at < end - 1;) {
    const { header, bodyStart } = await readHeader(source, at, end);
    const packed = header.compressed_page_size;
    const unpacked = header.uncompressed_page_size;
    const values =
      header.data_page_header?.num_values ??
      header.data_page_header_v2?.num_values ??
      header.dictionary_page_header?.num_values ??
      0;
    if (
      !(packed >= 0 && bodyStart + packed <= end) ||
      !(unpacked >= 0 && unpacked <= MAX_PAGE_BYTES) ||
      !(values >= 0 && values <= MAX_PAGE_VALUES)
    )
      throw new RangeError("a page has a size that can't be");
    const isDictionary = header.type === "DICTIONARY_PAGE";
    if (!isDictionary) {
      const rows: number | null = header.data_page_header_v2?.num_rows ?? (isFlat ? values : null);
      row = row === null || rows === null ? null : row + rows;
    }
    at = bodyStart + packed;
    pages.push({
      start: pages.at(-1)?.end ?? start,
      bodyStart,
      end: at,
      lastRow: isDictionary ? null : row,
      isDictionary,
      header,
      unpackedBytes: unpacked + values * 8,
    });
    if (!isDictionary && (row === null ? at - start >= untilByte : row >= untilRow)) break;
  }
  return pages;
}

async function readHeader(
  source: ByteSource,
  at: number,
  end: number,
): Promise<{ readonly header: PageHeader; readonly bodyStart: number }> {
  const parse = async (
    bytes: number,
  ): Promise<{ readonly header: PageHeader; readonly bodyStart: number }> => {
    const head = await source.read(at, Math.min(at + bytes, end));
    const reader = { view: new DataView(head.buffer), offset: 0 };
    const header = parquetHeader(reader);
    return { header, bodyStart: at + reader.offset };
  };
  try {
    return await parse(HEADER_BYTES);
  } catch (error) {
    if (end - at <= HEADER_BYTES) throw error;
    return parse(LONG_HEADER_BYTES);
  }
}
