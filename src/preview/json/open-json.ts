// Opens JSON as a tree of which a few members at a time go to the page.
import type { JsonNode } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import { checkJson, type JsonFacts } from "./check-json.ts";
import { JsonError } from "./json-error.ts";
import { measure, membersAt, skipBlank, typeAt, valueEnd, type JsonPlace } from "./json-values.ts";

/** The bytes of a larger file would fill the worker's memory. */
const MAX_JSON = 64 << 20;
const FIRST_MEMBERS = 100;
const MAX_PAGE = 1_000;
const MAX_SCALAR = 2_000;
const CHECKED_BYTES = 4 << 20;

/** Opens it whole; throws `file_unreadable` where it is too large or no JSON. */
export async function openJson({ source, path }: PreviewFile): Promise<OpenedPreview> {
  if (source.size > MAX_JSON) throw badFile(path, "it is larger than 64 MiB");
  const bytes = inUtf8(await source.read(0, source.size));
  const { hasNaN } = check(bytes, path);
  const root = skipBlank(bytes, 0);
  const notes: string[] = [];
  if (hasNaN) notes.push("It holds NaN or Infinity, which other programs may refuse in JSON.");
  if (!isUtf8(bytes)) notes.push("Some bytes are not valid UTF-8. They are shown as \ufffd.");
  return {
    preview: {
      kind: "json",
      root: nodeOf(bytes, null, root),
      members: pageOf(bytes, root, 0, FIRST_MEMBERS),
      notes,
    },
    readMembers: async (steps, start, count) => {
      const place = follow(bytes, root, steps);
      return place === null ? [] : pageOf(bytes, place, start, count);
    },
  };
}

/** Without the mark that says how it is encoded. */
function inUtf8(bytes: Uint8Array): Uint8Array {
  const { encoding, markBytes } = encodingOf(bytes);
  const body = bytes.subarray(markBytes);
  if (encoding === "utf-8") return body;
  return new TextEncoder().encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(body));
}

function check(bytes: Uint8Array, path: string): JsonFacts {
  try {
    return checkJson(bytes);
  } catch (error) {
    throw badFile(path, error instanceof JsonError ? error.message : "it is not JSON", error);
  }
}

/** Piece by piece, so that the text is never whole in memory. */
function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHECKED_BYTES)
      decoder.decode(bytes.subarray(at, at + CHECKED_BYTES), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Where the value begins that a path leads to; `null` where it leads nowhere. */
function follow(
  bytes: Uint8Array,
  root: number,
  path: readonly (string | number)[],
): number | null {
  let at = root;
  for (const step of path) {
    const found = memberAt(bytes, at, step);
    if (found === null) return null;
    at = found;
  }
  return at;
}

function memberAt(bytes: Uint8Array, start: number, step: string | number): number | null {
  let index = 0;
  for (const { name, start: found } of membersAt(bytes, start)) {
    if (name === null ? index === Number(step) : nameOf(bytes, name) === String(step)) return found;
    index++;
  }
  return null;
}

function pageOf(bytes: Uint8Array, place: number, start: number, count: number): JsonNode[] {
  const from = Math.max(0, Math.floor(start));
  const to = from + Math.min(count, MAX_PAGE);
  const nodes: JsonNode[] = [];
  let index = 0;
  for (const { name, start: at } of membersAt(bytes, place)) {
    if (index >= to) break;
    if (index >= from) nodes.push(nodeOf(bytes, name === null ? index : nameOf(bytes, name), at));
    index++;
  }
  return nodes;
}

function nodeOf(bytes: Uint8Array, key: string | number | null, start: number): JsonNode {
  const type = typeAt(bytes, start);
  if (type === "object" || type === "array")
    return { key, type, text: "", count: measure(bytes, start).count };
  const text = textOf(bytes, { start, end: valueEnd(bytes, start) });
  if (type !== "string") return { key, type, text: text.slice(0, MAX_SCALAR), count: 0 };
  const whole = stringOf(text);
  const cut = whole.length > MAX_SCALAR ? `${whole.slice(0, MAX_SCALAR)}…` : whole;
  return { key, type, text: JSON.stringify(cut), count: 0 };
}

function nameOf(bytes: Uint8Array, place: JsonPlace): string {
  return stringOf(textOf(bytes, place));
}

function textOf(bytes: Uint8Array, { start, end }: JsonPlace): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

/** What a string is that was found to be right. */
function stringOf(quoted: string): string {
  return String(JSON.parse(quoted));
}
