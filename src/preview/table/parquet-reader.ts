// Reads rows of a Parquet file: only the pages that hold them, a few columns at a time.
import {
  parquetRead,
  type AsyncBuffer,
  type ColumnChunk,
  type FileMetaData,
  type RowGroup,
} from "hyparquet";
import type { ByteSource } from "../byte-source.ts";
import { checkPage } from "./parquet-check.ts";
import { CODECS } from "./parquet-codecs.ts";
import { columnStart, walkPages, type Page } from "./parquet-pages.ts";
import { pathToLeaf, type ParquetColumn } from "./parquet-schema.ts";
import { TEXT_PARSERS } from "./parquet-values.ts";

/** Columns are read together until decoding them takes this much. */
const BATCH_BYTES = 64 << 20;
/** More of one column in one row group can't be held. */
const MAX_COLUMN_BYTES = 1 << 29;
/** Read beyond what was guessed of lists, whose pages don't say how many rows they hold. */
const LIST_SLACK_BYTES = 1 << 20;

type Range = readonly [start: number, end: number];

/** What must be read of a column for some rows of a group. */
interface ColumnPlan {
  readonly column: ParquetColumn;
  readonly chunks: readonly ColumnChunk[];
  readonly ranges: readonly Range[];
  readonly cost: number;
  /** Whether reading more could bring more rows. */
  readonly isGuess: boolean;
}

/** Columns of rows, as text. */
export interface ColumnTexts {
  readonly column: ParquetColumn;
  /** `null` where the column can't be read. */
  readonly texts: readonly (string | null)[] | null;
}

/** Reads columns of the rows from `from` to `to` of one row group. */
export async function readGroup(
  source: ByteSource,
  metadata: FileMetaData,
  group: RowGroup,
  columns: readonly ParquetColumn[],
  from: number,
  to: number,
): Promise<readonly ColumnTexts[]> {
  const plans: (ColumnPlan | null)[] = [];
  for (const column of columns)
    plans.push(await planColumn(source, group, column, from, to, 1).catch(() => null));
  const result: ColumnTexts[] = [];
  for (let at = 0; at < plans.length;) {
    const batch: ColumnPlan[] = [];
    let cost = 0;
    let next = at;
    for (; next < plans.length; next++) {
      const plan = plans[next];
      if (plan === null || plan === undefined) continue;
      if (batch.length > 0 && cost + plan.cost > BATCH_BYTES) break;
      batch.push(plan);
      cost += plan.cost;
    }
    const read = await readBatch(source, metadata, group, batch, from, to);
    for (const column of columns.slice(at, next))
      result.push({ column, texts: read.get(column) ?? null });
    at = next;
  }
  return result;
}

async function readBatch(
  source: ByteSource,
  metadata: FileMetaData,
  group: RowGroup,
  batch: readonly ColumnPlan[],
  from: number,
  to: number,
): Promise<ReadonlyMap<ParquetColumn, readonly (string | null)[]>> {
  const found = new Map<ParquetColumn, readonly (string | null)[]>();
  if (batch.length === 0) return found;
  try {
    const rows = await readPlanned(source, metadata, group, batch, from, to);
    for (const [index, { column }] of batch.entries())
      found.set(
        column,
        rows.map((row) => column.toText(row[index])),
      );
  } catch {
    // One broken column fails them all: alone, the others can be read.
    if (batch.length > 1)
      for (const plan of batch)
        for (const [column, texts] of await readBatch(source, metadata, group, [plan], from, to))
          found.set(column, texts);
  }
  return found;
}

async function readPlanned(
  source: ByteSource,
  metadata: FileMetaData,
  group: RowGroup,
  plans: readonly ColumnPlan[],
  from: number,
  to: number,
): Promise<readonly (readonly unknown[])[]> {
  let rows: readonly (readonly unknown[])[] = [];
  const ends = new Map<string, number>();
  await parquetRead({
    file: onlyRanges(
      source,
      plans.flatMap(({ ranges }) => ranges),
    ),
    metadata: {
      ...metadata,
      num_rows: group.num_rows,
      row_groups: [{ ...group, columns: plans.flatMap(({ chunks }) => chunks) }],
    },
    columns: plans.map(({ column }) => column.key),
    rowStart: from,
    rowEnd: to,
    compressors: CODECS,
    parsers: TEXT_PARSERS,
    utf8: false,
    geoparquet: false,
    onChunk: ({ columnName, rowEnd }) => void ends.set(columnName, rowEnd),
    onComplete: (complete: unknown[][]) => {
      rows = complete;
    },
  });
  // A list may go on in the next page, so only those before the last one read are known to be whole.
  for (const [index, plan] of plans.entries()) {
    for (
      let wider = 4, { isGuess } = plan;
      isGuess && (ends.get(plan.column.key) ?? 0) < to;
      wider *= 4
    ) {
      const more = await planColumn(source, group, plan.column, from, to, wider);
      isGuess = more.isGuess;
      const again = await readPlanned(
        source,
        metadata,
        group,
        [{ ...more, isGuess: false }],
        from,
        to,
      );
      rows = rows.map((row, at) => row.with(index, again[at]?.[0]));
      if (again.at(-1)?.[0] !== undefined) break;
    }
  }
  return rows;
}

/** @param widening how many times the guessed bytes of lists to take */
async function planColumn(
  source: ByteSource,
  group: RowGroup,
  column: ParquetColumn,
  from: number,
  to: number,
  widening: number,
): Promise<ColumnPlan> {
  const chunks: ColumnChunk[] = [];
  const ranges: Range[] = [];
  let cost = 0;
  let isGuess = false;
  for (const chunk of group.columns) {
    const meta = chunk.meta_data;
    if (meta?.path_in_schema[0] !== column.key) continue;
    const start = columnStart(meta);
    const share =
      ((to + 1) / Math.max(1, Number(group.num_rows))) * Number(meta.total_compressed_size);
    const pages = await walkPages(
      source,
      meta,
      column.isFlat,
      to,
      share * widening + LIST_SLACK_BYTES,
    );
    const end = pages.at(-1)?.end ?? start;
    if (end - start > MAX_COLUMN_BYTES) throw new RangeError("a column is too large to read");
    if (pages.at(-1)?.lastRow === null && end < start + Number(meta.total_compressed_size))
      isGuess = true;
    const rules = { meta, schemaPath: pathToLeaf(column, meta.path_in_schema) };
    for (const page of pages) {
      const isNeeded = isWanted(page, from);
      ranges.push([page.start, isNeeded ? page.end : page.bodyStart]);
      if (!isNeeded) continue;
      cost += page.unpackedBytes;
      checkPage(await source.read(page.bodyStart, page.end), page.header, rules);
    }
    chunks.push({ ...chunk, meta_data: { ...meta, total_compressed_size: BigInt(end - start) } });
  }
  if (chunks.length === 0) throw new RangeError("a column has no bytes");
  return { column, chunks, ranges, cost, isGuess };
}

/** The library passes over a page only where it ends before the row in front of the first. */
function isWanted({ isDictionary, lastRow }: Page, from: number): boolean {
  return isDictionary || lastRow === null || lastRow >= from;
}

/** A file in which only some ranges have bytes: the library takes columns whole, but looks only at some pages. */
function onlyRanges(source: ByteSource, ranges: readonly Range[]): AsyncBuffer {
  const merged: [start: number, end: number][] = [];
  for (const [start, end] of ranges.toSorted((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return {
    byteLength: source.size,
    slice: async (start, end = source.size) => {
      const bytes = new Uint8Array(Math.max(0, end - start));
      for (const [from, to] of merged) {
        if (to <= start || from >= end) continue;
        const low = Math.max(from, start);
        bytes.set(await source.read(low, Math.min(to, end)), low - start);
      }
      return bytes.buffer;
    },
  };
}
