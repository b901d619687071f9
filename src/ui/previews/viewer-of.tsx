// The viewer for each kind; its code comes when it is first needed.
import type { ComponentType, JSX } from "preact";
import type {
  ArchivePreview,
  HexPreview,
  JsonPreview,
  MarkdownPreview,
  MediaPreview,
  NotebookPreview,
  TablePreview,
  TensorsPreview,
  TextPreview,
} from "../../protocol/preview-api.ts";
import { lazy } from "../parts/lazy.tsx";
import type { ViewerProps } from "./viewer.ts";

const Text = lazy<ViewerProps<TextPreview>>(() =>
  import("./text-viewer.tsx").then((module) => module.TextViewer),
);
const Json = lazy<ViewerProps<JsonPreview>>(() =>
  import("./json-viewer.tsx").then((module) => module.JsonViewer),
);
const Markdown = lazy<ViewerProps<MarkdownPreview>>(() =>
  import("./markdown-viewer.tsx").then((module) => module.MarkdownViewer),
);
const Table = lazy<ViewerProps<TablePreview>>(() =>
  import("./table-viewer.tsx").then((module) => module.TableViewer),
);
const Image = lazy<ViewerProps<MediaPreview>>(() =>
  import("./image-viewer.tsx").then((module) => module.ImageViewer),
);
const Play = lazy<ViewerProps<MediaPreview>>(() =>
  import("./play-viewer.tsx").then((module) => module.PlayViewer),
);
const Pdf = lazy<ViewerProps<MediaPreview>>(() =>
  import("./pdf-viewer.tsx").then((module) => module.PdfViewer),
);
const Notebook = lazy<ViewerProps<NotebookPreview>>(() =>
  import("./notebook-viewer.tsx").then((module) => module.NotebookViewer),
);
const Tensors = lazy<ViewerProps<TensorsPreview>>(() =>
  import("./tensor-viewer.tsx").then((module) => module.TensorViewer),
);
const Archive = lazy<ViewerProps<ArchivePreview>>(() =>
  import("./archive-viewer.tsx").then((module) => module.ArchiveViewer),
);
const Hex = lazy<ViewerProps<HexPreview>>(() =>
  import("./hex-viewer.tsx").then((module) => module.HexViewer),
);

const MEDIA: Readonly<Record<MediaPreview["kind"], ComponentType<ViewerProps<MediaPreview>>>> = {
  image: Image,
  audio: Play,
  video: Play,
  pdf: Pdf,
};

/** The file in the way its kind is shown. */
export function Viewer({ preview, ...rest }: ViewerProps): JSX.Element {
  switch (preview.kind) {
    case "text":
      return <Text preview={preview} {...rest} />;
    case "json":
      return <Json preview={preview} {...rest} />;
    case "markdown":
      return <Markdown preview={preview} {...rest} />;
    case "table":
      return <Table preview={preview} {...rest} />;
    case "image":
    case "audio":
    case "video":
    case "pdf": {
      const Media = MEDIA[preview.kind];
      return <Media preview={preview} {...rest} />;
    }
    case "notebook":
      return <Notebook preview={preview} {...rest} />;
    case "safetensors":
    case "gguf":
    case "onnx":
      return <Tensors preview={preview} {...rest} />;
    case "archive":
      return <Archive preview={preview} {...rest} />;
    case "hex":
      return <Hex preview={preview} {...rest} />;
  }
}
