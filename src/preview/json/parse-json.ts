// Parses JSON as it is written: numbers keep their digits, objects the order of their members, and no depth of
// nesting overflows a stack. The browser's own parser loses the first two.

/** A number that JavaScript would write otherwise than the file does. */
export class ExactNumber {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}
/** An object's members as they stand in the file; a name may come twice. */
export class JsonMembers {
  readonly names: string[] = [];
  readonly values: JsonValue[] = [];
}
export type JsonValue = string | number | boolean | null | ExactNumber | JsonMembers | JsonValue[];

/** What was parsed. */
export interface ParsedJson {
  readonly value: JsonValue;
  /** It holds `NaN` or `Infinity`, which Python writes though JSON has no such numbers. */
  readonly hasNaN: boolean;
}

/** Why a text is not JSON, with a place for the person. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NOT_JSON_NUMBER = /-?Infinity|NaN/y;
// oxlint-disable-next-line no-control-regex -- those are what JSON forbids in a text
const NEEDS_DECODING = /[\\\u0000-\u001f]/;

/** Parses a whole text. Throws {@link JsonError}. */
export function parseJson(text: string): ParsedJson {
  let at = 0;
  let hasNaN = false;
  const stack: (JsonMembers | JsonValue[])[] = [];

  const fail = (what: string): never => {
    const before = text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    throw new JsonError(
      `${what} at line ${line.toLocaleString("en")}, column ${column.toLocaleString("en")}`,
    );
  };
  const skipBlank = (): void => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      at++;
    }
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return null;
    const found = text.slice(at, pattern.lastIndex);
    at = pattern.lastIndex;
    return found;
  };
  const string = (): string => {
    let end = at + 1;
    for (;;) {
      end = text.indexOf('"', end);
      if (end === -1) return fail("a text is never closed, which begins");
      let slashes = 0;
      while (text[end - 1 - slashes] === "\\") slashes++;
      if (slashes % 2 === 0) break;
      end++;
    }
    const raw = text.slice(at + 1, end);
    if (NEEDS_DECODING.test(raw)) return decoded(raw, end);
    at = end + 1;
    return raw;
  };
  const decoded = (raw: string, end: number): string => {
    try {
      const value: unknown = JSON.parse(`"${raw}"`);
      at = end + 1;
      return String(value);
    } catch {
      return fail("a text has characters that must be escaped, which begins");
    }
  };
  const scalar = (): JsonValue => {
    const first = text[at] ?? "";
    if (first === '"') return string();
    const word = WORDS[first];
    if (word !== undefined && text.startsWith(word[0], at)) {
      at += word[0].length;
      return word[1];
    }
    const digits = match(NUMBER);
    if (digits !== null)
      return String(Number(digits)) === digits ? Number(digits) : new ExactNumber(digits);
    const odd = match(NOT_JSON_NUMBER);
    if (odd === null)
      return fail(at >= text.length ? "it ends too early" : "there is an unexpected character");
    hasNaN = true;
    return new ExactNumber(odd);
  };
  /** Reads a member's name, up to its value. */
  const name = (members: JsonMembers): void => {
    skipBlank();
    if (text[at] !== '"')
      fail(at >= text.length ? "it ends too early" : "a name in quotes is missing");
    members.names.push(string());
    skipBlank();
    if (text[at] !== ":") fail(at >= text.length ? "it ends too early" : "a colon is missing");
    at++;
  };

  for (;;) {
    skipBlank();
    let value: JsonValue;
    const opener = text[at];
    if (opener === "{" || opener === "[") {
      at++;
      skipBlank();
      value = opener === "{" ? new JsonMembers() : [];
      if (text[at] !== (opener === "{" ? "}" : "]")) {
        stack.push(value);
        if (value instanceof JsonMembers) name(value);
        continue;
      }
      at++;
    } else value = scalar();

    // The value is whole: it goes into what holds it, which may be whole with it.
    for (;;) {
      const parent = stack.at(-1);
      skipBlank();
      if (parent === undefined) {
        if (at < text.length) fail("something follows its end");
        return { value, hasNaN };
      }
      if (parent instanceof JsonMembers) parent.values.push(value);
      else parent.push(value);
      if (text[at] === ",") {
        at++;
        if (parent instanceof JsonMembers) name(parent);
        break;
      }
      if (text[at] !== (parent instanceof JsonMembers ? "}" : "]"))
        fail(at >= text.length ? "it ends too early" : "a comma or the end of its list is missing");
      at++;
      value = parent;
      stack.pop();
    }
  }
}

/** By their first letters. */
const WORDS: Readonly<Record<string, readonly [word: string, value: JsonValue]>> = {
  t: ["true", true],
  f: ["false", false],
  n: ["null", null],
};
