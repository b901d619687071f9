// Checks that bytes are JSON, in one pass that makes nothing of them: what is shown is read when it is looked at.
import { JsonError } from "./json-error.ts";

/** What the check found, besides that it is JSON. */
export interface JsonFacts {
  /** It holds `NaN` or `Infinity`, which Python writes though JSON has no such numbers. */
  readonly hasNaN: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OBJECT = 0x7b;
const ARRAY = 0x5b;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const WORDS = ["true", "false", "null", "NaN", "Infinity"].map((word) =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0)),
);
/** What may follow a backslash, besides `u` with four digits. */
const ESCAPED = Uint8Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0));

/** Checks a whole text in UTF-8. Throws {@link JsonError}. No depth of nesting overflows a stack. */
export function checkJson(bytes: Uint8Array): JsonFacts {
  const size = bytes.length;
  let at = 0;
  let hasNaN = false;
  /** For each level, whether it is an object. */
  let levels = new Uint8Array(1024);
  let depth = 0;

  const fail = (what: string): never => {
    throw new JsonError(what, bytes, at);
  };
  const unexpected = (what: string): never => fail(at >= size ? "it ends too early" : what);
  const skipBlank = (): void => {
    while (at < size) {
      const byte = bytes[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      at++;
    }
  };
  const skipDigits = (): void => {
    if (!isDigit(bytes[at])) unexpected("there is an unexpected character");
    while (isDigit(bytes[at])) at++;
  };
  const string = (): void => {
    const start = at++;
    while (at < size) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        at++;
        return;
      }
      if (byte < 0x20 || (byte === BACKSLASH && !isEscape(bytes, at))) {
        at = start;
        fail("a text has characters that must be escaped, which begins");
      }
      at += byte === BACKSLASH ? 2 : 1;
    }
    at = start;
    fail("a text is never closed, which begins");
  };
  const number = (): void => {
    if (bytes[at] === ZERO) at++;
    else skipDigits();
    if (bytes[at] === 0x2e) {
      at++;
      skipDigits();
    }
    if (((bytes[at] ?? 0) | 0x20) !== 0x65) return;
    at++;
    if (bytes[at] === 0x2b || bytes[at] === MINUS) at++;
    skipDigits();
  };
  const scalar = (): void => {
    const first = bytes[at] ?? 0;
    if (first === QUOTE) return string();
    if (isDigit(first)) return number();
    if (first === MINUS && bytes[at + 1] !== 0x49) {
      at++;
      return number();
    }
    const start = first === MINUS ? at + 1 : at;
    const word = WORDS.find((letters) => letters.every((letter, i) => bytes[start + i] === letter));
    if (word === undefined) return unexpected("there is an unexpected character");
    hasNaN ||= word.length === 3 || word.length === 8;
    at = start + word.length;
  };
  /** Reads a member's name, up to its value. */
  const name = (): void => {
    skipBlank();
    if (bytes[at] !== QUOTE) unexpected("a name in quotes is missing");
    string();
    skipBlank();
    if (bytes[at] !== COLON) unexpected("a colon is missing");
    at++;
  };

  for (;;) {
    skipBlank();
    const opener = bytes[at];
    if (opener === OBJECT || opener === ARRAY) {
      at++;
      skipBlank();
      // The closing bracket's code is two more than the opening one's.
      if (bytes[at] !== opener + 2) {
        if (depth === levels.length) levels = grown(levels);
        levels[depth++] = opener;
        if (opener === OBJECT) name();
        continue;
      }
      at++;
    } else scalar();

    // The value is whole: what holds it may be whole with it.
    for (;;) {
      skipBlank();
      if (depth === 0) {
        if (at < size) fail("something follows its end");
        return { hasNaN };
      }
      const level = levels[depth - 1] ?? 0;
      if (bytes[at] === COMMA) {
        at++;
        if (level === OBJECT) name();
        break;
      }
      if (bytes[at] !== level + 2) unexpected("a comma or the end of its list is missing");
      at++;
      depth--;
    }
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Whether a backslash begins something that JSON knows. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] ?? 0;
  if (next !== 0x75) return ESCAPED.includes(next);
  for (let digit = at + 2; digit < at + 6; digit++) if (!isHexDigit(bytes[digit])) return false;
  return true;
}

function isHexDigit(byte: number | undefined): boolean {
  const letter = (byte ?? 0) | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}

function grown(levels: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(levels.length * 2);
  larger.set(levels);
  return larger;
}
