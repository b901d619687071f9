// What the preview worker does: opens files in their best kind, and keeps them open for what is asked next.
import { CairnError, isCairnError } from "../core/errors.ts";
import type { Preview, PreviewApi, PreviewId, PreviewKind } from "../protocol/preview-api.ts";
import { sourceOf } from "./byte-source.ts";
import { kindsOf } from "./detect.ts";
import type { OpenedPreview, PreviewFile } from "./opened.ts";
import { OPENERS } from "./openers.ts";
import { insideOf } from "./packed/inside.ts";
import { isReadFailure, readSafely } from "./read-safely.ts";

/** More than any view shows; a larger ask is a mistake. */
const MAX_BYTES_READ = 1 << 20;

interface OpenFile {
  readonly file: PreviewFile;
  /** `null` while it is being opened. */
  opened: OpenedPreview | null;
}

/** Makes the preview half of the worker. */
export function createPreviews(): PreviewApi {
  const files = new Map<PreviewId, OpenFile>();
  const close = (id: PreviewId): void => {
    files.get(id)?.opened?.close?.();
    files.delete(id);
  };
  const find = (id: PreviewId): OpenFile => {
    const found = files.get(id);
    if (found === undefined) throw new CairnError("not_found", { what: "open preview", name: id });
    return found;
  };
  /** Calls what a file can do; `name` is a method that its kind may lack. */
  const ask = async <Name extends Asked, Result>(
    id: PreviewId,
    name: Name,
    call: (method: NonNullable<OpenedPreview[Name]>) => Promise<Result>,
  ): Promise<Result> => {
    const { file, opened } = find(id);
    const method = opened?.[name];
    if (method === undefined)
      throw new CairnError("internal", { reason: `${name} was asked of a preview without it` });
    return readSafely(file.path, () => call(method));
  };
  return {
    openPreview: async (id, blob, path, as) => {
      close(id);
      const mine: OpenFile = { file: { source: sourceOf(blob), blob, path }, opened: null };
      files.set(id, mine);
      try {
        const { opened, preview } = await readSafely(path, () => openBest(mine.file, as));
        if (files.get(id) !== mine) {
          opened.close?.();
          throw new CairnError("aborted", {});
        }
        mine.opened = opened;
        return preview;
      } catch (error) {
        if (files.get(id) === mine) files.delete(id);
        throw error;
      }
    },
    closePreview: async (id) => close(id),
    readText: (id, startByte) => ask(id, "readText", (read) => read(startByte)),
    readMembers: (id, path, start, count) =>
      ask(id, "readMembers", (read) => read(path, start, count)),
    readRows: (id, start, count) => ask(id, "readRows", (read) => read(start, count)),
    countRows: (id, onProgress) => ask(id, "countRows", (count) => count(onProgress)),
    summarise: (id, column) => ask(id, "summarise", (summarise) => summarise(column)),
    readBytes: async (id, start, count) => {
      const { file } = find(id);
      return readSafely(file.path, () =>
        file.source.read(start, start + Math.min(count, MAX_BYTES_READ)),
      );
    },
  };
}

type Asked = "readText" | "readMembers" | "readRows" | "countRows" | "summarise";

/** Opens a file as asked or as the best it can be; what fails is noted, and the next kind is tried. */
async function openBest(
  file: PreviewFile,
  as: PreviewKind | null,
): Promise<{ readonly opened: OpenedPreview; readonly preview: Preview }> {
  const inside = await insideOf(file);
  const kinds = inside?.kinds ?? (await kindsOf(file));
  const failed = new Set<PreviewKind>();
  const notes: string[] = [...(inside?.notes ?? [])];
  const order = as === null ? kinds : [as, ...kinds.filter((kind) => isPlain(kind) && kind !== as)];
  for (const kind of order) {
    // After a failure only the plain ways are left: another guess would hide what is wrong.
    if (failed.size > 0 && !isPlain(kind)) continue;
    try {
      const opened = await OPENERS[kind](inside?.file ?? file);
      const others = kinds.filter((other) => other !== kind && !failed.has(other));
      const preview: Preview = {
        ...opened.preview,
        alternatives: others,
        notes: [...notes, ...opened.preview.notes],
      };
      return { opened, preview };
    } catch (error) {
      if (isReadFailure(error)) throw error;
      failed.add(kind);
      notes.push(`${NAMES[kind]} can't be shown: ${reasonOf(error)}.`);
    }
  }
  throw new CairnError("file_unreadable", { path: file.path, reason: "no part of it can be read" });
}

function isPlain(kind: PreviewKind): boolean {
  return kind === "text" || kind === "hex";
}

const NAMES: Readonly<Record<PreviewKind, string>> = {
  text: "The text",
  json: "The JSON tree",
  markdown: "The Markdown",
  table: "The table",
  image: "The image",
  audio: "The sound",
  video: "The video",
  pdf: "The PDF",
  notebook: "The notebook",
  safetensors: "The safetensors header",
  gguf: "The GGUF header",
  onnx: "The ONNX model",
  archive: "The list of files in this archive",
  hex: "The bytes",
};

/** Libraries throw what they like at a broken file; only our own reasons are written for a person. */
function reasonOf(error: unknown): string {
  return isCairnError(error, "file_unreadable")
    ? error.data.reason
    : "the file is damaged, or of a variant that Cairn doesn't know";
}
