// Headers of a POSIX tar that say nothing but path and size: all else is the same in each.
import type { FileEntry } from "../manifest.ts";

const BLOCK_BYTES = 512;
/** The longest path that fits into a header. */
const NAME_BYTES = 100;
const PLAIN = /^[\x20-\x7e]*$/;

/** How long {@link memberHeader} is, without making it. */
export function headerBytes({ path }: FileEntry): number {
  if (isPlain(path)) return BLOCK_BYTES;
  const records = paxRecord("path", path).length;
  return 2 * BLOCK_BYTES + records + paddingOf(records);
}

/** What stands in front of a file's bytes: a header, and pax records before it where the path needs them. */
export function memberHeader({ path, size }: FileEntry): Uint8Array<ArrayBuffer> {
  if (isPlain(path)) return header(path, size, "0");
  const records = paxRecord("path", path);
  const bytes = new Uint8Array(2 * BLOCK_BYTES + records.length + paddingOf(records.length));
  bytes.set(header(plainName(`PaxHeaders/${path}`), records.length, "x"));
  bytes.set(records, BLOCK_BYTES);
  // For readers that know no pax.
  bytes.set(header(plainName(path), size, "0"), bytes.length - BLOCK_BYTES);
  return bytes;
}

/** Zeros that fill the last block of so many bytes. */
export function paddingOf(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

/** Zeros that end a tar. */
export const END_BYTES = 2 * BLOCK_BYTES;

function isPlain(path: string): boolean {
  return path.length <= NAME_BYTES && PLAIN.test(path);
}

/** @param name ASCII, as short as a header takes */
function header(name: string, size: number, type: "0" | "x"): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK_BYTES);
  const put = (at: number, text: string): void => {
    for (let i = 0; i < text.length; i++) block[at + i] = text.charCodeAt(i);
  };
  const octal = (at: number, width: number, value: number): void =>
    put(at, value.toString(8).padStart(width - 1, "0"));
  put(0, name);
  octal(100, 8, 0o644);
  octal(108, 8, 0);
  octal(116, 8, 0);
  octal(124, 12, size);
  octal(136, 12, 0);
  put(148, " ".repeat(8));
  put(156, type);
  put(257, "ustar\u{0}00");
  let sum = 0;
  for (const byte of block) sum += byte;
  put(148, `${sum.toString(8).padStart(6, "0")}\u{0} `);
  return block;
}

/** A record begins with its own length, in which the digits of that count, too. */
function paxRecord(key: string, value: string): Uint8Array<ArrayBuffer> {
  const rest = utf8(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length !== length)
    length = String(length).length + rest.length;
  const record = new Uint8Array(length);
  record.set(utf8(String(length)));
  record.set(rest, length - rest.length);
  return record;
}

function plainName(path: string): string {
  return [...path]
    .map((character) => (PLAIN.test(character) ? character : "_"))
    .join("")
    .slice(0, NAME_BYTES);
}

/** Well-formed text only, as paths are; the core has no encoder of the platform. */
function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return Uint8Array.from(bytes);
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}
