// What an opener of a kind is given, and what it gives back.
import type {
  ColumnSummary,
  JsonNode,
  Preview,
  TablePreview,
  TableRow,
  TextPart,
} from "../protocol/preview-api.ts";
import type { ByteSource } from "./byte-source.ts";

/** A file to look into. */
export interface PreviewFile {
  readonly source: ByteSource;
  /** The same bytes, for libraries that want a Blob. */
  readonly blob: Blob;
  /** Its path in the version: hostile text, of which only the ending is of use. */
  readonly path: string;
}

/** A preview as its opener makes it: what else the file could be shown as is said by `detect.ts`. */
export type BarePreview<Kind extends Preview = Preview> = Kind extends Preview
  ? Omit<Kind, "alternatives">
  : never;

/** A file that is open. What a kind can't do is left out. */
export interface OpenedPreview {
  readonly preview: BarePreview;
  readonly readText?: (startByte: number) => Promise<TextPart>;
  readonly readMembers?: (
    path: readonly (string | number)[],
    start: number,
    count: number,
  ) => Promise<readonly JsonNode[]>;
  readonly readRows?: (start: number, count: number) => Promise<readonly TableRow[]>;
  readonly countRows?: (
    onProgress: (bytesDone: number, bytesTotal: number) => void,
  ) => Promise<number>;
  readonly summarise?: (column: number) => Promise<ColumnSummary>;
  /** Ends what still runs, such as a count; it then throws `aborted`. */
  readonly close?: () => void;
}

/** A table that is open: it can do all that tables can. */
export interface OpenedTable extends OpenedPreview {
  readonly preview: BarePreview<TablePreview>;
  readonly readRows: NonNullable<OpenedPreview["readRows"]>;
  readonly countRows: NonNullable<OpenedPreview["countRows"]>;
  readonly summarise: NonNullable<OpenedPreview["summarise"]>;
  readonly close: NonNullable<OpenedPreview["close"]>;
}

/**
 * Opens a file as one kind, reading no more than its first view needs.
 *
 * @throws CairnError `file_unreadable` (see `bad-file.ts`) where it is not readable as that kind
 */
export type Opener = (file: PreviewFile) => Promise<OpenedPreview>;
