// Walks through JSON that was checked: from a value to what is in it, without making anything of the rest.
// Numbers keep their digits and objects the order of their members, which the browser's parser would lose.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OBJECT = 0x7b;
const ARRAY = 0x5b;

/** Where a value lies in the bytes. */
export interface JsonPlace {
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}

/** A member of an object or array. */
interface JsonMember {
  /** Its name as it is written, in quotes; `null` in an array. */
  readonly name: JsonPlace | null;
  /** Where its value begins. Where that ends is looked for only by who goes on: it may be the rest of the file. */
  readonly start: number;
}

/** What a value is, by its first byte. */
export function typeAt(
  bytes: Uint8Array,
  start: number,
): "object" | "array" | "string" | "number" | "boolean" | "null" {
  switch (bytes[start]) {
    case OBJECT:
      return "object";
    case ARRAY:
      return "array";
    case QUOTE:
      return "string";
    case 0x74:
    case 0x66:
      return "boolean";
    case 0x6e:
      return "null";
    default:
      return "number";
  }
}

/** The first byte from an offset on that is no white space. */
export function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at++;
  return at;
}

/** Number of members of the object or array that begins at `start`, and its end. */
export function measure(
  bytes: Uint8Array,
  start: number,
): { readonly count: number; readonly end: number } {
  let at = skipBlank(bytes, start + 1);
  if (isCloser(bytes[at])) return { count: 0, end: at + 1 };
  let count = 1;
  for (let depth = 1; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = stringEnd(bytes, at);
      continue;
    }
    at++;
    if (byte === COMMA) {
      if (depth === 1) count++;
    } else if (isOpener(byte)) depth++;
    else if (isCloser(byte) && --depth === 0) break;
  }
  return { count, end: at };
}

/** Members of the object or array that begins at `start`, in their order; none of a scalar. */
export function* membersAt(bytes: Uint8Array, start: number): Generator<JsonMember> {
  if (!isOpener(bytes[start])) return;
  const hasNames = bytes[start] === OBJECT;
  let at = skipBlank(bytes, start + 1);
  if (isCloser(bytes[at])) return;
  while (at < bytes.length) {
    let name: JsonPlace | null = null;
    if (hasNames) {
      name = { start: at, end: stringEnd(bytes, at) };
      at = skipBlank(bytes, skipBlank(bytes, name.end) + 1);
    }
    yield { name, start: at };
    at = skipBlank(bytes, valueEnd(bytes, at));
    if (isCloser(bytes[at])) return;
    at = skipBlank(bytes, at + 1);
  }
}

/** Behind the value that begins at `start`. */
export function valueEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return stringEnd(bytes, start);
  if (isOpener(first)) return measure(bytes, start).end;
  let at = start;
  while (at < bytes.length && !endsScalar(bytes[at] ?? 0)) at++;
  return at;
}

function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return bytes.length;
}

function endsScalar(byte: number): boolean {
  return byte <= 0x20 || byte === COMMA || isCloser(byte);
}

function isOpener(byte: number | undefined): boolean {
  return byte === OBJECT || byte === ARRAY;
}

function isCloser(byte: number | undefined): boolean {
  return byte === OBJECT + 2 || byte === ARRAY + 2;
}
