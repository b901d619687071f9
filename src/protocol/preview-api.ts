// What the page asks of the preview worker: what is inside a file, read a piece at a time.
// Files come as Blobs, which are handles: only the bytes a view needs are read.
/** How a file is shown. */
export type PreviewKind =
  | "text"
  | "json"
  | "markdown"
  | "table"
  | "image"
  | "audio"
  | "video"
  | "pdf"
  | "notebook"
  | "safetensors"
  | "gguf"
  | "onnx"
  | "archive"
  | "hex";

/** Names a file that is open in the worker. */
export type PreviewId = string;

interface PreviewBase {
  /** Other ways to show the same file, such as the text of a table; `hex` always works. */
  readonly alternatives: readonly PreviewKind[];
  /** What a person should know: cut off, not valid UTF-8, broken near its end. Sentences. */
  readonly notes: readonly string[];
}

/** A piece of a line in one colour; `scope` is one of highlight.js' classes without its prefix, or `""`. */
export interface Token {
  readonly scope: string;
  readonly text: string;
}
export type TokenLine = readonly Token[];

/** A window of a text. */
export interface TextPart {
  readonly lines: readonly TokenLine[];
  /** Number of the first line, from 1; `null` where the window begins in the middle of the file. */
  readonly firstLine: number | null;
  readonly startByte: number;
  /** Where the next window begins; equal to the size at the end. */
  readonly endByte: number;
}

export interface TextPreview extends PreviewBase, TextPart {
  readonly kind: "text";
  /** The language coloured, such as `python`; `null` for plain text. */
  readonly language: string | null;
  /** Of the whole text, which may be packed in a smaller file. */
  readonly sizeBytes: number;
}

/** One value in a JSON tree. Objects and arrays come without what is in them. */
export interface JsonNode {
  /** Name or index in its parent; `null` for the root. */
  readonly key: string | number | null;
  readonly type: "object" | "array" | "string" | "number" | "boolean" | "null";
  /** A scalar as JSON text, cut where it is long; `""` for objects and arrays. */
  readonly text: string;
  /** Members of an object or array. */
  readonly count: number;
}
export interface JsonPreview extends PreviewBase {
  readonly kind: "json";
  readonly root: JsonNode;
  /** The root's first members. */
  readonly members: readonly JsonNode[];
}

/** Markdown as a tree that holds no HTML; raw HTML in it became `text`. */
export type MarkdownNode =
  | {
      readonly kind:
        | "paragraph"
        | "quote"
        | "item"
        | "strong"
        | "emphasis"
        | "deleted"
        | "table-row"
        | "table-cell";
      readonly children: readonly MarkdownNode[];
      /** Of a list item that is a task. */
      readonly checked?: boolean;
    }
  | {
      readonly kind: "heading";
      readonly level: 1 | 2 | 3 | 4 | 5 | 6;
      readonly children: readonly MarkdownNode[];
    }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly children: readonly MarkdownNode[];
    }
  | {
      readonly kind: "table";
      readonly align: readonly ("left" | "right" | "center" | null)[];
      readonly children: readonly MarkdownNode[];
    }
  | { readonly kind: "link"; readonly url: string; readonly children: readonly MarkdownNode[] }
  /** `url` as written: the page shows images of the same version only, never of the network. */
  | { readonly kind: "image"; readonly url: string; readonly alt: string }
  | {
      readonly kind: "code";
      readonly language: string | null;
      readonly lines: readonly TokenLine[];
    }
  | { readonly kind: "inline-code" | "text"; readonly text: string }
  | { readonly kind: "break" | "rule" };

export interface MarkdownPreview extends PreviewBase {
  readonly kind: "markdown";
  readonly nodes: readonly MarkdownNode[];
}

export interface TableColumn {
  readonly name: string;
  /** As the format says it (`INT64`, `string`), or as the first rows suggest. */
  readonly type: string;
  /** Sorts and charts as numbers. */
  readonly isNumeric: boolean;
}
export interface TablePreview extends PreviewBase {
  readonly kind: "table";
  readonly format: "csv" | "tsv" | "jsonl" | "parquet";
  readonly columns: readonly TableColumn[];
  /** `null` until it is known: see {@link PreviewApi.countRows}. */
  readonly rowCount: number | null;
  /** The first rows. */
  readonly rows: readonly TableRow[];
}
/** A row's cells as text, in the order of the columns; `null` for no value. */
export type TableRow = readonly (string | null)[];
/** What a column holds, over the rows that were read for it. */
export interface ColumnSummary {
  readonly rowsRead: number;
  /** Whether those are all rows. */
  readonly isWhole: boolean;
  readonly missing: number;
  /** Number of different values, counted up to a limit. */
  readonly distinct: number;
  readonly distinctIsMore: boolean;
  readonly min: string | null;
  readonly max: string | null;
  readonly mean: number | null;
  /** Equal steps from min to max, for numbers; empty otherwise. */
  readonly histogram: readonly number[];
  /** The most frequent values. */
  readonly top: readonly { readonly text: string; readonly count: number }[];
}

/** Shown by the browser itself from the Blob. */
export interface MediaPreview extends PreviewBase {
  readonly kind: "image" | "audio" | "video" | "pdf";
  /** The media type to give the Blob, by its first bytes and never by its name alone. */
  readonly mediaType: string;
  /** In pixels, where the head of an image says so. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface NotebookOutput {
  readonly kind: "text" | "error" | "image";
  readonly text: string;
  /** Of an image: its type and its bytes. */
  readonly image?: { readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> };
}
export interface NotebookCell {
  readonly kind: "code" | "markdown" | "raw";
  readonly number: number | null;
  readonly lines: readonly TokenLine[];
  readonly nodes: readonly MarkdownNode[];
  readonly outputs: readonly NotebookOutput[];
}
export interface NotebookPreview extends PreviewBase {
  readonly kind: "notebook";
  readonly language: string;
  readonly cells: readonly NotebookCell[];
}

/** Facts in a file's head: names and values as text, cut where long. */
export interface NamedValue {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Product of the shape. */
  readonly parameters: number;
  /** `null` where the format doesn't say. */
  readonly sizeBytes: number | null;
}
export interface TensorsPreview extends PreviewBase {
  readonly kind: "safetensors" | "gguf" | "onnx";
  /** Sum over all tensors. */
  readonly parameters: number;
  readonly metadata: readonly NamedValue[];
  readonly tensorCount: number;
  /** All tensors, up to 100,000. */
  readonly tensors: readonly TensorInfo[];
  /** By type of number, most parameters first. */
  readonly dtypes: readonly {
    readonly dtype: string;
    readonly tensors: number;
    readonly parameters: number;
  }[];
  /** Of an ONNX graph. */
  readonly graph: OnnxGraph | null;
}
export interface OnnxGraph {
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  /** Operators and how often each is used, most used first. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
}

export interface ArchiveEntry {
  readonly path: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  /** `null` where entries are not compressed one by one. */
  readonly packedBytes: number | null;
  readonly modifiedAt: string | null;
}
export interface ArchivePreview extends PreviewBase {
  readonly kind: "archive";
  readonly format: "zip" | "tar";
  /** In the archive's order, up to 100,000. */
  readonly entries: readonly ArchiveEntry[];
  readonly entryCount: number;
  readonly sizeBytes: number;
}

export interface HexPreview extends PreviewBase {
  readonly kind: "hex";
}

export type Preview =
  | TextPreview
  | JsonPreview
  | MarkdownPreview
  | TablePreview
  | MediaPreview
  | NotebookPreview
  | TensorsPreview
  | ArchivePreview
  | HexPreview;

export interface PreviewApi {
  /**
   * Opens a file and reads what its first view needs.
   *
   * A file that claims to be more than it is gives what can be read, with notes; what can't be read
   * in its own kind at all comes as text or hex with a note that says why.
   *
   * @param path its path in the version; its ending is a hint
   * @param as the kind to show it as; `null` for the best
   */
  openPreview(id: PreviewId, file: Blob, path: string, as: PreviewKind | null): Promise<Preview>;
  closePreview(id: PreviewId): Promise<void>;
  /** The window of a text that begins at a byte. */
  readText(id: PreviewId, startByte: number): Promise<TextPart>;
  /** Members of an object or array of a JSON file. */
  readMembers(
    id: PreviewId,
    path: readonly (string | number)[],
    start: number,
    count: number,
  ): Promise<readonly JsonNode[]>;
  readRows(id: PreviewId, start: number, count: number): Promise<readonly TableRow[]>;
  /** Reads to the end of a table, telling how far it is. */
  countRows(
    id: PreviewId,
    onProgress: (bytesDone: number, bytesTotal: number) => void,
  ): Promise<number>;
  summarise(id: PreviewId, column: number): Promise<ColumnSummary>;
  readBytes(id: PreviewId, start: number, count: number): Promise<Uint8Array<ArrayBuffer>>;
}
