// What the page asks of the preview worker about two files: what changed between them.
import type { JobId } from "./jobs.ts";
import type { TableColumn, TensorInfo, TokenLine } from "./preview-api.ts";

/** A file and its path in its version, of which only the ending is of use. */
export interface NamedFile {
  readonly file: Blob;
  readonly path: string;
}

/** A line of a text diff, with its number on each side it is on. */
export interface DiffLine {
  readonly change: "same" | "added" | "removed";
  readonly before: number | null;
  readonly after: number | null;
  readonly tokens: TokenLine;
  /** What changed within the line, as characters from and up to; empty where all of it did. */
  readonly marks: readonly TextRange[];
}
export type TextRange = readonly [start: number, end: number];
/** Changed lines with some around them; `skipped` same lines come before. */
export interface DiffHunk {
  readonly skipped: number;
  readonly lines: readonly DiffLine[];
}
export interface TextDiff {
  readonly kind: "lines";
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly DiffHunk[];
  /** Same lines after the last hunk. */
  readonly skippedAtEnd: number;
  /** What a person should know: cut off, not valid UTF-8, only line ends differ. */
  readonly notes: readonly string[];
}
/** Why two files can't be compared line by line. */
export interface NoTextDiff {
  readonly kind: "none";
  readonly reason: "not_text" | "too_large" | "too_different";
}

export interface ColumnChange {
  readonly name: string;
  /** `null` where the side has no such column. */
  readonly before: TableColumn | null;
  readonly after: TableColumn | null;
}
export interface TableDiff {
  /** In the order of the newer table, removed ones last. */
  readonly columns: readonly ColumnChange[];
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly notes: readonly string[];
}

export interface TensorChange {
  readonly name: string;
  readonly change: "added" | "removed" | "dtype" | "shape" | "values" | "same";
  readonly before: TensorInfo | null;
  readonly after: TensorInfo | null;
}
export interface TensorDiff {
  /** Changed ones first, each group in the order of the newer file. */
  readonly tensors: readonly TensorChange[];
  /** Metadata of the file's head that differs. */
  readonly metadata: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly parametersBefore: number;
  readonly parametersAfter: number;
  readonly notes: readonly string[];
}

/** Ways two files can be looked at together, beside their sizes and digests. */
export type CompareWay = "text" | "table" | "tensors" | "image";

export interface CompareApi {
  /** How two files can be compared, best first, by their first bytes and names; empty for other bytes. */
  waysToCompare(before: NamedFile, after: NamedFile): Promise<readonly CompareWay[]>;
  /** Line by line, in bounded time. Keeps the newer text for {@link CompareApi.readSkipped}. */
  diffText(job: JobId, before: Blob, after: Blob, path: string): Promise<TextDiff | NoTextDiff>;
  /**
   * Same lines that a text diff skipped, by their numbers in the newer text.
   * Throws `aborted` once its job was cancelled.
   */
  readSkipped(job: JobId, first: number, count: number): Promise<readonly TokenLine[]>;
  /** Columns and row counts of CSV, TSV, JSONL or Parquet. Throws `file_unreadable`, `aborted`. */
  diffTables(
    job: JobId,
    before: Blob,
    after: Blob,
    path: string,
    onProgress: (bytesDone: number, bytesTotal: number) => void,
  ): Promise<TableDiff>;
  /** Tensor by tensor: only those of equal type and shape are read and compared. Throws `file_unreadable`, `aborted`. */
  diffTensors(
    job: JobId,
    before: Blob,
    after: Blob,
    onProgress: (bytesDone: number, bytesTotal: number) => void,
  ): Promise<TensorDiff>;
  /** Ends a comparison, or lets go of what one that ended keeps. */
  cancelCompare(job: JobId): Promise<void>;
}
