// Logs of registries as files: read line by line with suspicion, within bounds [E2 E3].
import type { Digest } from "../../core/digest.ts";
import { CairnError } from "../../core/errors.ts";
import { eventText, readEvent } from "../../core/registry/event-text.ts";
import type { CheckedEvent } from "../../core/registry/fold.ts";
import { readLogHead, sealText, type LogHead } from "../../core/registry/log-file.ts";
import type { Ctx } from "../context.ts";
import { verify } from "./signing.ts";

const FILE_MAX_MIB = 64;
const LINE_MAX_MIB = 4;
const MIB = 1024 ** 2;

/** An event whose signature is not checked yet. */
export type Entry = Omit<CheckedEvent, "isSigned">;

/** A file's head and events, each as it should be written; what they say is not checked yet. */
export interface LogFile {
  readonly head: LogHead;
  readonly entries: readonly Entry[];
}

/** Reads a file. Throws `invalid_log`, which names the line, and `file_unreadable`. */
export async function readLogFile({ hasher }: Ctx, file: Blob): Promise<LogFile> {
  if (file.size > FILE_MAX_MIB * MIB)
    throw invalidLog(null, `it has more than ${FILE_MAX_MIB} MiB`);
  let head: LogHead | null = null;
  const entries: Entry[] = [];
  let line = 0;
  let isOver = false;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text.trim() === "") {
      isOver = true;
      continue;
    }
    if (isOver) throw invalidLog(line, "the line in front of it is empty");
    const json = parseJson(text, line);
    if (head === null) {
      head = readable(readLogHead(json), line);
      continue;
    }
    const event = readable(readEvent(json), line);
    entries.push({ event, digest: hasher.hashText([eventText(event)]) });
  }
  if (head === null) throw invalidLog(null, "it is empty");
  return { head, entries };
}

/** The line of an event, by its place in the file. */
export function lineOf(place: number): number {
  return place + 2;
}

/** Throws `invalid_log` unless each event follows the one in front of it, and all are there. */
export function checkChain({ head, entries }: LogFile): void {
  let before: Digest | null = null;
  for (const [place, { event, digest }] of entries.entries()) {
    const { registry, seq, previous } = event;
    const line = lineOf(place);
    if (registry !== head.registry) throw invalidLog(line, "it is of another registry");
    if (seq !== place || previous !== before)
      throw invalidLog(
        line,
        "it doesn't follow the line in front: something was left out, put in, or changed",
      );
    before = digest;
  }
  if (!isWhole({ head, entries })) throw invalidLog(null, "its end is missing, or was changed");
}

/** Whether a file has as many events, and ends as, its head says. */
export function isWhole({ head, entries }: LogFile): boolean {
  return head.events === entries.length && head.head === entries.at(-1)?.digest;
}

/** Whether the head is what the one named there signed. True for what nobody sealed. */
export async function isSealRight({ head }: LogFile): Promise<boolean> {
  const { by, signature } = head;
  return by === null || signature === null || verify(by, sealText(head), signature);
}

/** A file that can't be used, and why. */
export function invalidLog(line: number | null, reason: string): CairnError<"invalid_log"> {
  return new CairnError("invalid_log", { what: "registry's log", line, reason });
}

/** Lines without their ends. A mark in front that says how the text is encoded is left out. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  let rest = "";
  let line = 1;
  for await (const text of textsOf(file)) {
    const lines = (rest + text).split("\n");
    for (const [index, { length }] of lines.entries())
      if (length > LINE_MAX_MIB * MIB)
        throw invalidLog(line + index, `it has more than ${LINE_MAX_MIB} MiB`);
    rest = lines.pop() ?? "";
    line += lines.length;
    yield* lines;
  }
  yield rest;
}

async function* textsOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (...given: Parameters<TextDecoder["decode"]>): string => {
    try {
      return decoder.decode(...given);
    } catch {
      throw invalidLog(null, "it is no text in UTF-8");
    }
  };
  for (let start = 0; start < file.size; start += MIB)
    yield decode(await readPart(file.slice(start, start + MIB)), { stream: true });
  yield decode();
}

async function readPart(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError("file_unreadable", { path: "registry's log", reason }, { cause: error });
  }
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidLog(line, "it is no JSON");
  }
}

function readable<T extends object>(read: T | { readonly reason: string }, line: number): T {
  if ("reason" in read) throw invalidLog(line, read.reason);
  return read;
}
