// Reads a tar header of 512 bytes, and the pax records that may come before one.

export const BLOCK_BYTES = 512;
/** Of a path or another text: longer than any system allows. */
const MAX_TEXT_BYTES = 16 * 1024;

const decoder = new TextDecoder();

export interface TarHeader {
  readonly path: string;
  /** Of the body that follows. */
  readonly size: number;
  /** What it is: `0` a file, `5` a folder, `x` pax records and so on. */
  readonly type: string;
  readonly modifiedAt: string | null;
  /** Of a sparse file: its size once unpacked, and whether blocks with more of its map follow. */
  readonly sparse: { readonly realSize: number; readonly hasMore: boolean } | null;
}

/** Whether a block is all zeros, as those at the end are. */
export function isEmptyBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Reads a header; `null` where its checksum or a number says that it is none. */
export function readHeader(block: Uint8Array): TarHeader | null {
  if (numberAt(block, 148, 8) !== checksumOf(block)) return null;
  const size = numberAt(block, 124, 12);
  if (size === null) return null;
  const type = block[156] === 0 ? "0" : String.fromCharCode(block[156] ?? 0);
  const isUstar = textAt(block, 257, 6) === "ustar";
  const prefix = isUstar ? textAt(block, 345, 155) : "";
  const name = textAt(block, 0, 100);
  const realSize = type === "S" ? numberAt(block, 483, 12) : null;
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    size,
    type,
    modifiedAt: timeText(numberAt(block, 136, 12)),
    sparse: realSize === null ? null : { realSize, hasMore: block[482] === 1 },
  };
}

/** The records of a pax header: later ones win. What is no record ends them. */
export function readPax(body: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(decoder.decode(body.subarray(at, space)));
    // A record holds its length, a space, a key, an equals sign and a line end.
    if (!Number.isInteger(length) || length < space - at + 3 || at + length > body.length) break;
    const end = at + length - 1;
    const equals = body.indexOf(0x3d, space);
    if (equals > space + 1 && equals < end)
      records.set(decode(body, space + 1, equals), decode(body, equals + 1, end));
    at += length;
  }
  return records;
}

/** A time in seconds as text; `null` for none, or one that no calendar has. */
export function timeText(seconds: number | null): string | null {
  if (seconds === null || seconds <= 0 || seconds > 8.64e12) return null;
  return new Date(seconds * 1000).toISOString();
}

/** The text up to the first zero. */
export function textAt(block: Uint8Array, start: number, length: number): string {
  const zero = block.subarray(start, start + length).indexOf(0);
  return decode(block, start, start + (zero < 0 ? length : zero));
}

/** No more than so many bytes: a path cut from a longer text would keep all of it in memory. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, Math.min(end, start + MAX_TEXT_BYTES)));
}

/** A number as octal text, or in base 256 where its first bit is set; `null` for anything else. */
function numberAt(block: Uint8Array, start: number, length: number): number | null {
  const first = block[start] ?? 0;
  if (first >= 0x80) {
    // The second bit is the sign.
    let value = first & 0x7f;
    for (let at = start + 1; at < start + length; at++) value = value * 256 + (block[at] ?? 0);
    return first < 0xc0 && Number.isSafeInteger(value) ? value : null;
  }
  const text = textAt(block, start, length).trim();
  return /^[0-7]*$/.test(text) ? parseInt(text === "" ? "0" : text, 8) : null;
}

/** The sum of all bytes, with spaces in place of the checksum itself. */
function checksumOf(block: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < BLOCK_BYTES; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return sum;
}
