// The opener of each kind. Each is loaded when it is first needed: together they would be a large worker.
import type { PreviewKind } from "../protocol/preview-api.ts";
import { isTar, isTarName } from "./detect.ts";
import type { Opener } from "./opened.ts";

const media: Opener = async (file) => (await import("./media/open-media.ts")).openMedia(file);

/** How to open a file as each kind. */
export const OPENERS: Readonly<Record<PreviewKind, Opener>> = {
  text: async (file) => (await import("./text/open-text.ts")).openText(file),
  json: async (file) => (await import("./json/open-json.ts")).openJson(file),
  markdown: async (file) => (await import("./markdown/open-markdown.ts")).openMarkdown(file),
  table: async (file) => (await import("./table/open-table.ts")).openTable(file),
  notebook: async (file) => (await import("./notebook/open-notebook.ts")).openNotebook(file),
  image: media,
  audio: media,
  video: media,
  pdf: media,
  safetensors: async (file) => (await import("./models/safetensors.ts")).openSafetensors(file),
  gguf: async (file) => (await import("./models/gguf.ts")).openGguf(file),
  onnx: async (file) => (await import("./models/onnx.ts")).openOnnx(file),
  archive: async (file) =>
    isTar(await file.source.read(0, 512)) || isTarName(file.path)
      ? (await import("./archives/tar.ts")).openTar(file)
      : (await import("./archives/zip.ts")).openZip(file),
  hex: async () => ({ preview: { kind: "hex", notes: [] } }),
};
