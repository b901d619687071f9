// Opens Markdown, the first part of it where it is long.
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import { readWindow } from "../text/text-window.ts";
import { markdownNodes } from "./to-nodes.ts";

/** The parser takes seconds for a megabyte, and who writes more splits it. */
const MAX_MARKDOWN = 96 * 1024;

/** Opens it; throws `file_unreadable` where it is nested beyond reason. */
export async function openMarkdown({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const { encoding, markBytes } = encodingOf(await source.read(0, 4));
  const window = await readWindow(source, encoding, markBytes, false, MAX_MARKDOWN);
  const nodes = markdownNodes(window.text);
  if (nodes === null)
    throw badFile(path, "it has more marks, list items or levels than can be laid out");
  const notes: string[] = [];
  if (window.endByte < source.size)
    notes.push("Only the first 96 KiB are shown. Look at the text for the rest.");
  if (window.isDamaged) notes.push("Some bytes are not valid UTF-8. They are shown as \ufffd.");
  return { preview: { kind: "markdown", nodes, notes } };
}
