// The form of a remote's JSON files: one value a line, so that what changes is what a diff of them shows.
import { CairnError } from "../errors.ts";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../json.ts";
import { tryRead, type Read } from "../registry/reader.ts";
import { SYNC_FORMAT, SYNC_VERSION } from "./files.ts";

/** A JSON object: each field a line, each entry of a list too, and a line end behind all. */
export function formatLines(
  head: JsonObject,
  lists: Readonly<Record<string, Iterable<Json>>>,
): string {
  const all: JsonObject = { format: SYNC_FORMAT, version: SYNC_VERSION, ...head };
  const lines = [
    ...Object.entries(all).map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`),
    ...Object.entries(lists).map(
      ([key, entries]) => `${JSON.stringify(key)}:${listLines(entries)}`,
    ),
  ];
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** Lines joined at a time: all at once would hold a long list's text several times over. */
const JOINED_LINES = 1_000;

function listLines(entries: Iterable<Json>): string {
  const blocks: string[] = [];
  let lines: string[] = [];
  const join = (): void => {
    if (lines.length > 0) blocks.push(lines.join(",\n"));
    lines = [];
  };
  for (const entry of entries) {
    lines.push(canonicalJson(entry));
    if (lines.length === JOINED_LINES) join();
  }
  join();
  return blocks.length === 0 ? "[]" : `[\n${blocks.join(",\n")}\n]`;
}

/** Where a text comes from, for errors. */
export interface TextSource {
  readonly path: string;
  /** Such as `the dataset ada/models`. */
  readonly remote: string;
}

/**
 * What a reader makes of a file's text.
 *
 * @throws CairnError `invalid_remote`; of a newer format it says so
 */
export function readLines<Value>(text: string, source: TextSource, read: Read<Value>): Value {
  const json = parse(text, source);
  if (!isJsonObject(json) || json["format"] !== SYNC_FORMAT)
    throw invalid(source, "it isn't one of Cairn's files");
  const { version } = json;
  if (version !== SYNC_VERSION)
    throw typeof version === "number" && version > SYNC_VERSION
      ? invalid(source, "a newer Cairn wrote it; reload to get that", true)
      : invalid(source, "it is written in a way this Cairn doesn't know");
  return readChecked(json, source, read);
}

/** What a reader makes of a value. Throws `invalid_remote` for what it refuses. */
export function readChecked<Value>(json: unknown, source: TextSource, read: Read<Value>): Value {
  const found = tryRead((value, at) => ({ value: read(value, at) }), json);
  if ("reason" in found) throw invalid(source, found.reason);
  return found.value;
}

export function invalid({ path, remote }: TextSource, reason: string, isNewer = false): CairnError {
  return new CairnError("invalid_remote", { remote, path, reason, ...(isNewer && { isNewer }) });
}

function parse(text: string, source: TextSource): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(source, "it isn't JSON, or it was cut off");
  }
}
