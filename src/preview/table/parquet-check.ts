// Looks through a page's run lengths before the library decodes it: the library believes them, and one that lies
// would have it write values until the memory is full.
import type { PageHeader, SchemaTree } from "hyparquet";
import { decompressPage } from "hyparquet/src/datapage.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from "hyparquet/src/schema.js";
import type { ColumnMetaData } from "hyparquet";
import { CODECS } from "./parquet-codecs.ts";

/** Packed runs are padded, by some writers to a whole group of groups. */
const PADDING = 512;

/** A column's leaf, with what above it makes levels. */
export interface PageRules {
  readonly meta: ColumnMetaData;
  readonly schemaPath: SchemaTree[];
}

/** Throws where a data page's runs would hold more values than its header says. */
export function checkPage(body: Uint8Array, header: PageHeader, rules: PageRules): void {
  if (header.data_page_header !== undefined) checkFirstVersion(body, header, rules);
  else if (header.data_page_header_v2 !== undefined) checkSecondVersion(body, header, rules);
}

function checkFirstVersion(
  body: Uint8Array,
  header: PageHeader,
  { meta, schemaPath }: PageRules,
): void {
  const { num_values: values = 0, encoding } = header.data_page_header ?? {};
  const page = unpack(body, header.uncompressed_page_size, meta);
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  let at = 0;
  for (const level of [getMaxRepetitionLevel(schemaPath), getMaxDefinitionLevel(schemaPath)]) {
    if (level === 0) continue;
    checkRuns(view, at + 4, widthOf(level), values);
    at += 4 + view.getUint32(at, true);
  }
  checkValues(view, at, values, encoding, meta);
}

function checkSecondVersion(
  body: Uint8Array,
  header: PageHeader,
  { meta, schemaPath }: PageRules,
): void {
  const page = header.data_page_header_v2;
  if (page === undefined) return;
  const { num_values: values, num_nulls: nulls } = page;
  const repetition = page.repetition_levels_byte_length;
  const levels = repetition + page.definition_levels_byte_length;
  if (
    !(
      nulls >= 0 &&
      nulls <= values &&
      repetition >= 0 &&
      levels >= repetition &&
      levels <= body.length
    )
  )
    throw new RangeError("a page's counts make no sense");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const maxRepetition = getMaxRepetitionLevel(schemaPath);
  const maxDefinition = getMaxDefinitionLevel(schemaPath);
  if (maxRepetition > 0) checkRuns(view, 0, widthOf(maxRepetition), values);
  if (maxDefinition > 0) checkRuns(view, repetition, widthOf(maxDefinition), values);
  const packed = body.subarray(levels);
  const isPacked = page.is_compressed !== false && meta.codec !== "UNCOMPRESSED";
  const rest = isPacked ? unpack(packed, header.uncompressed_page_size - levels, meta) : packed;
  const restView = new DataView(rest.buffer, rest.byteOffset, rest.byteLength);
  checkValues(restView, 0, values - nulls, page.encoding, meta);
}

/** Values that are written as runs: places in the dictionary, and booleans. */
function checkValues(
  view: DataView,
  at: number,
  count: number,
  encoding: string | undefined,
  meta: ColumnMetaData,
): void {
  if (encoding === "RLE" && meta.type === "BOOLEAN") checkRuns(view, at + 4, 1, count, true);
  if (encoding !== "PLAIN_DICTIONARY" && encoding !== "RLE_DICTIONARY") return;
  // Where all are missing, some writers leave not even the width.
  if (at >= view.byteLength) return;
  const width = view.getUint8(at);
  if (width > 32) throw new RangeError("a dictionary is said to be larger than any can be");
  checkRuns(view, at + 1, width, count, true);
}

/** @param mayEnd missing values are not written, so that there may be fewer than the page has rows */
function checkRuns(
  view: DataView,
  start: number,
  width: number,
  count: number,
  mayEnd = false,
): void {
  let at = start;
  for (let seen = 0; seen < count;) {
    if (mayEnd && at >= view.byteLength) return;
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = view.getUint8(at++);
      if (shift > 28) throw new RangeError("a run is said to be longer than any can be");
      head += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const isPacked = head % 2 === 1;
    const half = Math.floor(head / 2);
    const run = isPacked ? half * 8 : half;
    if (run > count - seen + PADDING) throw new RangeError("a run is longer than its page");
    seen += run;
    if (isPacked) at += width === 0 ? 1 : half * width;
    else at += (width + 7) >> 3;
  }
}

function unpack(bytes: Uint8Array, size: number, meta: ColumnMetaData): Uint8Array {
  return decompressPage(bytes, size, meta.codec, CODECS);
}

function widthOf(level: number): number {
  return 32 - Math.clz32(level);
}
