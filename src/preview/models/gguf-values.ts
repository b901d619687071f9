// Reads the values of a GGUF head: numbers, texts and lists, of which only what is shown is kept.
import type { ByteCursor } from "../heads/byte-cursor.ts";
import { HeadError } from "../heads/head-error.ts";
import { cutText, formatCount } from "../heads/notes.ts";

/** Characters of a value that are shown, and bytes that are read for them. */
const MAX_VALUE_LENGTH = 10_000;
const MAX_VALUE_BYTES = 4 * MAX_VALUE_LENGTH;
/** Items of a list that are shown, and characters of each. */
const ITEMS_SHOWN = 8;
const ITEM_LENGTH = 60;
/** Lists within lists: no file has them, but the format could. */
const MAX_DEPTH = 4;
/** Of a tensor's or a value's name. */
const MAX_NAME_BYTES = 4096;

const STRING = 8;
const ARRAY = 9;

interface Scalar {
  readonly name: string;
  readonly width: number;
  readonly read: (cursor: ByteCursor) => string;
}
const SCALARS: ReadonlyMap<number, Scalar> = new Map([
  [0, { name: "uint8", width: 1, read: (cursor) => String(cursor.u8()) }],
  [1, { name: "int8", width: 1, read: (cursor) => String(cursor.i8()) }],
  [2, { name: "uint16", width: 2, read: (cursor) => String(cursor.u16()) }],
  [3, { name: "int16", width: 2, read: (cursor) => String(cursor.i16()) }],
  [4, { name: "uint32", width: 4, read: (cursor) => String(cursor.u32()) }],
  [5, { name: "int32", width: 4, read: (cursor) => String(cursor.i32()) }],
  [6, { name: "float32", width: 4, read: (cursor) => float32Text(cursor.f32()) }],
  [7, { name: "bool", width: 1, read: (cursor) => String(cursor.u8() !== 0) }],
  [10, { name: "uint64", width: 8, read: (cursor) => String(cursor.u64()) }],
  [11, { name: "int64", width: 8, read: (cursor) => String(cursor.i64()) }],
  [12, { name: "float64", width: 8, read: (cursor) => String(cursor.f64()) }],
]);

/** How one version of the format writes lengths and counts. */
export interface GgufFormat {
  readonly version: number;
  readonly lengthBytes: 4 | 8;
}

/** A length or a count. Beyond 2^53 it is about right, which is enough to refuse it. */
export async function readLength(cursor: ByteCursor, format: GgufFormat): Promise<number> {
  if (cursor.available < format.lengthBytes) await cursor.want(format.lengthBytes);
  return takeLength(cursor, format);
}

function takeLength(cursor: ByteCursor, format: GgufFormat): number {
  return format.lengthBytes === 4 ? cursor.u32() : Number(cursor.u64());
}

/** A name: refused where it is longer than any name. */
export async function readName(cursor: ByteCursor, format: GgufFormat): Promise<string> {
  const length = await readLength(cursor, format);
  if (length > MAX_NAME_BYTES)
    throw new HeadError(`a name in its header claims ${formatCount(length)} bytes`);
  if (cursor.available < length) await cursor.want(length);
  return new TextDecoder().decode(cursor.take(length));
}

/** A value of metadata as it is shown, with the name of its type. */
export async function readValue(
  cursor: ByteCursor,
  format: GgufFormat,
): Promise<{ type: string; text: string }> {
  await cursor.want(4);
  const type = cursor.u32();
  if (type === STRING)
    return {
      type: "string",
      text: cutText(await readText(cursor, format, MAX_VALUE_BYTES), MAX_VALUE_LENGTH),
    };
  if (type === ARRAY) return readList(cursor, format, 0);
  const scalar = scalarOf(type);
  await cursor.want(scalar.width);
  return { type: scalar.name, text: scalar.read(cursor) };
}

async function readList(
  cursor: ByteCursor,
  format: GgufFormat,
  depth: number,
): Promise<{ type: string; text: string }> {
  if (depth > MAX_DEPTH) throw new HeadError("lists in its header are nested too deeply");
  await cursor.want(4);
  const itemType = cursor.u32();
  const length = await readLength(cursor, format);
  const shown: string[] = [];
  let type: string;
  if (itemType === STRING) {
    type = "list of string";
    for (let index = 0; index < length; index++) {
      if (index < ITEMS_SHOWN)
        shown.push(
          JSON.stringify(cutText(await readText(cursor, format, 4 * ITEM_LENGTH), ITEM_LENGTH)),
        );
      else {
        // A vocabulary has 100,000s of these: nothing is awaited where the bytes are there.
        if (cursor.available < format.lengthBytes) await cursor.want(format.lengthBytes);
        const bytes = takeLength(cursor, format);
        cursor.moveTo(cursor.position + bytes);
      }
    }
  } else if (itemType === ARRAY) {
    type = "list of lists";
    for (let index = 0; index < length; index++) {
      const { text } = await readList(cursor, format, depth + 1);
      if (index < ITEMS_SHOWN) shown.push(cutText(text, ITEM_LENGTH));
    }
  } else {
    const scalar = scalarOf(itemType);
    type = `list of ${scalar.name}`;
    const end = cursor.position + length * scalar.width;
    if (length > cursor.remaining / scalar.width)
      throw new HeadError(`a list in its header claims ${formatCount(length)} values`);
    const few = Math.min(length, ITEMS_SHOWN);
    await cursor.want(few * scalar.width);
    for (let index = 0; index < few; index++) shown.push(scalar.read(cursor));
    cursor.moveTo(end);
  }
  const more = length > shown.length ? ", …" : "";
  return { type, text: `[${formatCount(length)}] ${shown.join(", ")}${more}`.trimEnd() };
}

/** A text, of which no more than so many bytes are read. */
async function readText(cursor: ByteCursor, format: GgufFormat, limit: number): Promise<string> {
  const length = await readLength(cursor, format);
  const end = cursor.position + length;
  if (length > cursor.remaining)
    throw new HeadError(`a text in its header claims ${formatCount(length)} bytes`);
  const kept = Math.min(length, limit);
  if (cursor.available < kept) await cursor.want(kept);
  // A character that the limit cuts in two is left out.
  const text = new TextDecoder().decode(cursor.take(kept), { stream: kept < length });
  cursor.moveTo(end);
  return kept < length ? `${text}…` : text;
}

function scalarOf(type: number): Scalar {
  const scalar = SCALARS.get(type);
  if (scalar === undefined)
    throw new HeadError(`a value in its header is of type ${type}, which GGUF doesn't have`);
  return scalar;
}

/** The shortest text that is the same number in 32 bits: 1e-5, not 0.000009999999747378752. */
function float32Text(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
