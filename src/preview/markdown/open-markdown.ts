// Opens Markdown, the first part of it where it is long.
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import { readWindow } from "../text/text-window.ts";
import { layOut } from "./to-nodes.ts";

/** Time cuts most texts before this does; a page of more would be slow to draw. */
const MAX_MARKDOWN = 1 << 20;

/** Opens it; throws `file_unreadable` where it is nested beyond reason. */
export async function openMarkdown({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const { encoding, markBytes } = encodingOf(await source.read(0, 4));
  const window = await readWindow(source, encoding, markBytes, false, MAX_MARKDOWN);
  const laidOut = layOut(window.text);
  if (laidOut === null)
    throw badFile(path, "it has more marks, list items or levels than can be laid out");
  const notes: string[] = [];
  if (laidOut.isCut || window.endByte < source.size)
    notes.push("Only the first part is shown: more takes too long. Look at the text for the rest.");
  if (laidOut.hasPlain)
    notes.push("Parts have too many marks, list items or levels, and stand as they are written.");
  if (window.isDamaged) notes.push("Some bytes are not valid UTF-8. They are shown as \ufffd.");
  return { preview: { kind: "markdown", nodes: laidOut.nodes, notes } };
}
