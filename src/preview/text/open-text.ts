// Opens text of any size: a window is read, decoded and coloured at a time.
import type { TextPart } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { highlightLines } from "./highlight.ts";
import { languageOf } from "./languages.ts";
import { encodingOf } from "./looks-like-text.ts";
import { readWindow, type TextWindow } from "./text-window.ts";

/** Line numbers are remembered for so many windows; those of the others are unknown again. */
const MAX_KNOWN_LINES = 20_000;

/** Opens a file as text; throws `file_unreadable` where it holds NUL bytes as no text does. */
export async function openText({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const { encoding, markBytes } = encodingOf(await source.read(0, 4));
  // Numbers of the lines that windows begin with, by the byte they begin at.
  const knownLines = new Map([[markBytes, 1]]);
  const language = languageOf(path) ?? languageOfShebang(await source.read(0, 128));

  const read = async (asked: number): Promise<{ part: TextPart; window: TextWindow }> => {
    const start = Math.max(asked, markBytes);
    const window = await readWindow(source, encoding, start, !knownLines.has(start));
    const firstLine = knownLines.get(window.startByte) ?? null;
    const { text, startByte, endByte } = window;
    if (firstLine !== null && knownLines.size < MAX_KNOWN_LINES)
      knownLines.set(endByte, firstLine + countLineEnds(text));
    const part = { lines: highlightLines(text, language), firstLine, startByte, endByte };
    return { part, window };
  };

  const { part, window } = await read(markBytes);
  if (window.text.slice(0, 4096).split("\0").length > 256)
    throw badFile(path, "its bytes are not text");
  return {
    preview: {
      kind: "text",
      language,
      ...part,
      sizeBytes: source.size,
      notes: notesOf(window, encoding !== "utf-8"),
    },
    readText: async (startByte) => (await read(startByte)).part,
  };
}

function notesOf(window: TextWindow, isUtf16: boolean): string[] {
  const notes: string[] = [];
  if (window.text === "") notes.push("This file is empty.");
  if (window.isDamaged)
    notes.push(
      `Some bytes are not valid ${isUtf16 ? "UTF-16" : "UTF-8"}. They are shown as \ufffd.`,
    );
  if (window.text.startsWith("version https://git-lfs.github.com/spec/"))
    notes.push("This is a Git LFS pointer. The file it stands for was not added.");
  return notes;
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** A script without an ending says in its first line what runs it. */
function languageOfShebang(head: Uint8Array): string | null {
  const line = /^#!.*/.exec(String.fromCharCode(...head))?.[0] ?? "";
  if (/\bpython[\d.]*\b/.test(line)) return "python";
  if (/\b(?:ba|z|k|da)?sh\b/.test(line)) return "bash";
  if (/\b(?:node|deno|bun)\b/.test(line)) return "javascript";
  return /\b(perl|ruby|php)\b/.exec(line)?.[1] ?? null;
}
