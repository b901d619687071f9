// How the kinds of preview are called and drawn.
import {
  Binary,
  Blocks,
  Braces,
  FileArchive,
  FileText,
  Film,
  Image,
  Music,
  NotebookText,
  Pilcrow,
  Table,
  type IconNode,
} from "lucide";
import type { PreviewKind } from "../../protocol/preview-api.ts";

interface KindLook {
  readonly name: string;
  readonly icon: IconNode;
}

/** The look of each kind. */
export const KINDS: Readonly<Record<PreviewKind, KindLook>> = {
  text: { name: "Text", icon: FileText },
  json: { name: "JSON", icon: Braces },
  markdown: { name: "Markdown", icon: Pilcrow },
  table: { name: "Table", icon: Table },
  image: { name: "Image", icon: Image },
  audio: { name: "Audio", icon: Music },
  video: { name: "Video", icon: Film },
  pdf: { name: "PDF", icon: FileText },
  notebook: { name: "Notebook", icon: NotebookText },
  safetensors: { name: "Safetensors", icon: Blocks },
  gguf: { name: "GGUF", icon: Blocks },
  onnx: { name: "ONNX", icon: Blocks },
  archive: { name: "Archive", icon: FileArchive },
  hex: { name: "Bytes", icon: Binary },
};
