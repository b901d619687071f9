// Finds the members of a JSON object without building it: a head of 100 MB would become gigabytes.
import { HeadError } from "../heads/head-error.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where one member stands in the text; `key` is decoded, the value is from `start` up to `end`. */
export type OnMember = (key: string, start: number, end: number) => void;

/**
 * Calls `onMember` for each member of the object that begins at an index, and returns the index after it.
 * Duplicates come twice. What is in a value is only balanced here, not checked.
 *
 * @throws HeadError where the text is no object, or stops being one
 */
export function readMembers(text: string, from: number, onMember: OnMember): number {
  let at = skipSpace(text, from);
  if (text[at] !== "{") throw new HeadError("its header is no JSON object");
  at = skipSpace(text, at + 1);
  if (text[at] === "}") return at + 1;
  for (;;) {
    const keyEnd = endOfString(text, at);
    const key = parseString(text.slice(at, keyEnd));
    at = skipSpace(text, keyEnd);
    if (text[at] !== ":") throw broken(text, at);
    const start = skipSpace(text, at + 1);
    const end = endOfValue(text, start);
    onMember(key, start, end);
    at = skipSpace(text, end);
    if (text[at] === "}") return at + 1;
    if (text[at] !== ",") throw broken(text, at);
    at = skipSpace(text, at + 1);
  }
}

/** The text of a JSON string, or `null` for any other value. */
export function stringAt(text: string, start: number, end: number): string | null {
  return text.charCodeAt(start) === QUOTE ? parseString(text.slice(start, end)) : null;
}

function parseString(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    throw new HeadError("its header is no valid JSON: a string in it is malformed");
  }
}

function broken(text: string, at: number): HeadError {
  return new HeadError(
    at >= text.length
      ? "its header ends too early"
      : `its header is no valid JSON at character ${at + 1}`,
  );
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code <= 0x20; code = text.charCodeAt(at)) at++;
  return at;
}

function endOfString(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) throw broken(text, start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  throw broken(text, text.length);
}

/** The end of any value: of one that opens brackets, where as many are closed. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        depth++;
        at++;
        continue;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        // The end of the object around this value.
        if (depth === 0) return atLeastOne(text, start, at);
        depth--;
        at++;
        break;
      case COMMA:
        if (depth === 0) return atLeastOne(text, start, at);
        at++;
        continue;
      default:
        at++;
        continue;
    }
    if (depth === 0) return at;
  }
  throw broken(text, text.length);
}

function atLeastOne(text: string, start: number, end: number): number {
  if (end === start) throw broken(text, start);
  return end;
}
