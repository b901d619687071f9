// Opens a Jupyter notebook: its cells in colour, its outputs as text and images.
import type { NotebookCell } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { layOut } from "../markdown/to-nodes.ts";
import { highlightLines } from "../text/highlight.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import { showOutputs } from "./outputs.ts";
import { readNotebook, type RawCell } from "./read-notebook.ts";

/** Images in a notebook make it large; beyond this it would fill the worker's memory. */
const MAX_NOTEBOOK = 64 << 20;
const MAX_CELLS = 1_000;
/** Colours and Markdown cost time, so what is written after so much text stays plain. */
const MAX_COLOURED = 1 << 20;

/** Opens it whole; throws `file_unreadable` where it is too large or no notebook. */
export async function openNotebook({ source, path }: PreviewFile): Promise<OpenedPreview> {
  if (source.size > MAX_NOTEBOOK) throw badFile(path, "it is larger than 64 MiB");
  const bytes = await source.read(0, source.size);
  const { encoding, markBytes } = encodingOf(bytes);
  const notebook = readNotebook(
    parse(new TextDecoder(encoding).decode(bytes.subarray(markBytes)), path),
  );
  if (notebook === null) throw badFile(path, "it holds no list of cells");

  const { language, cells, broken } = notebook;
  let left = MAX_COLOURED;
  const shown = cells.slice(0, MAX_CELLS).map((cell) => {
    left -= cell.source.length;
    return showCell(cell, language, left > 0);
  });
  const notes: string[] = [];
  if (cells.length === 0) notes.push("This notebook has no cells.");
  if (cells.length > MAX_CELLS)
    notes.push(
      `Only the first ${MAX_CELLS.toLocaleString("en")} of ${cells.length.toLocaleString("en")} cells are shown.`,
    );
  if (broken > 0)
    notes.push(
      broken === 1
        ? "One cell or output is damaged and left out."
        : `${broken.toLocaleString("en")} cells or outputs are damaged and left out.`,
    );
  return { preview: { kind: "notebook", language, cells: shown, notes } };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badFile(path, "it is not JSON", error);
  }
}

function showCell(cell: RawCell, language: string, isColoured: boolean): NotebookCell {
  const outputs = showOutputs(cell.outputs);
  const base = { kind: cell.kind, number: cell.number, outputs };
  if (cell.kind === "markdown" && isColoured) {
    const laidOut = layOut(cell.source);
    if (laidOut?.isCut === false) return { ...base, lines: [], nodes: laidOut.nodes };
  }
  const own = cell.kind === "code" && isColoured ? language : null;
  return { ...base, lines: highlightLines(cell.source, own), nodes: [] };
}
