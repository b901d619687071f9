// Opens JSON as a tree of which a few members at a time go to the page.
import type { JsonNode } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import {
  ExactNumber,
  JsonError,
  JsonMembers,
  parseJson,
  type JsonValue,
  type ParsedJson,
} from "./parse-json.ts";

/** The tree of a larger file would fill the worker's memory. */
const MAX_JSON = 32 << 20;
const FIRST_MEMBERS = 100;
const MAX_PAGE = 1_000;
const MAX_SCALAR = 2_000;

/** Opens it whole; throws `file_unreadable` where it is too large or no JSON. */
export async function openJson({ source, path }: PreviewFile): Promise<OpenedPreview> {
  if (source.size > MAX_JSON) throw badFile(path, "it is larger than 32 MiB");
  const bytes = await source.read(0, source.size);
  const { encoding, markBytes } = encodingOf(bytes);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(markBytes));
  const { value: root, hasNaN } = parse(text, path);
  const notes: string[] = [];
  if (hasNaN) notes.push("It holds NaN or Infinity, which other programs may refuse in JSON.");
  if (text.includes("\ufffd"))
    notes.push("Some bytes may not be valid UTF-8. They are shown as \ufffd.");
  return {
    preview: {
      kind: "json",
      root: nodeOf(null, root),
      members: membersOf(root, 0, FIRST_MEMBERS),
      notes,
    },
    readMembers: async (steps, start, count) => membersOf(follow(root, steps), start, count),
  };
}

function parse(text: string, path: string): ParsedJson {
  try {
    return parseJson(text);
  } catch (error) {
    throw badFile(path, error instanceof JsonError ? error.message : "it is not JSON", error);
  }
}

/** The value that a path leads to; `null` where it leads nowhere. */
function follow(root: JsonValue, path: readonly (string | number)[]): JsonValue {
  let value = root;
  for (const step of path) {
    if (value instanceof JsonMembers)
      value = value.values[value.names.indexOf(String(step))] ?? null;
    else if (Array.isArray(value)) value = value[Number(step)] ?? null;
    else return null;
  }
  return value;
}

function membersOf(value: JsonValue, start: number, count: number): JsonNode[] {
  const from = Math.max(0, Math.floor(start));
  const to = from + Math.min(count, MAX_PAGE);
  if (value instanceof JsonMembers)
    return value.values
      .slice(from, to)
      .map((member, index) => nodeOf(value.names[from + index] ?? "", member));
  if (Array.isArray(value))
    return value.slice(from, to).map((member, index) => nodeOf(from + index, member));
  return [];
}

function nodeOf(key: string | number | null, value: JsonValue): JsonNode {
  if (value instanceof JsonMembers)
    return { key, type: "object", text: "", count: value.values.length };
  if (Array.isArray(value)) return { key, type: "array", text: "", count: value.length };
  if (value instanceof ExactNumber)
    return { key, type: "number", text: value.digits.slice(0, MAX_SCALAR), count: 0 };
  if (typeof value === "string") {
    const cut = value.length > MAX_SCALAR ? `${value.slice(0, MAX_SCALAR)}…` : value;
    return { key, type: "string", text: JSON.stringify(cut), count: 0 };
  }
  if (value === null) return { key, type: "null", text: "null", count: 0 };
  return {
    key,
    type: typeof value === "number" ? "number" : "boolean",
    text: String(value),
    count: 0,
  };
}
