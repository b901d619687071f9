// Opens a table in whichever format it is.
import { badFile } from "../bad-file.ts";
import { sourceOf } from "../byte-source.ts";
import { isParquetName } from "../detect.ts";
import type { OpenedTable, PreviewFile } from "../opened.ts";
import { endingOf } from "../text/languages.ts";
import { encodingOf } from "../text/looks-like-text.ts";
import { openCsv } from "./open-csv.ts";
import { openJsonl } from "./open-jsonl.ts";

/** Text in UTF-16 is turned into UTF-8 in memory, so it can't be larger. */
const MAX_UTF16 = 64 << 20;

/** Opens CSV, TSV, JSON lines or Parquet: by its magic number, then by its ending. */
export async function openTable(file: PreviewFile): Promise<OpenedTable> {
  const head = await file.source.read(0, 4);
  if (String.fromCharCode(...head) === "PAR1" || isParquetName(file.path))
    return (await import("./open-parquet.ts")).openParquet(file);
  const { encoding, markBytes } = encodingOf(head);
  if (encoding !== "utf-8") return openTextKind(await toUtf8(file, encoding), 0);
  return openTextKind(file, markBytes);
}

function openTextKind(file: PreviewFile, startByte: number): Promise<OpenedTable> {
  const ending = endingOf(file.path);
  if (ending === "jsonl" || ending === "ndjson") return openJsonl(file, startByte);
  return openCsv(file, startByte, ending === "tsv" || ending === "tab" ? "tsv" : "csv");
}

async function toUtf8(file: PreviewFile, encoding: string): Promise<PreviewFile> {
  if (file.source.size > MAX_UTF16)
    throw badFile(file.path, "it is UTF-16 and too large to be read as a table");
  const text = new TextDecoder(encoding).decode(await file.source.read(0, file.source.size));
  const blob = new Blob([text]);
  return { source: sourceOf(blob), blob, path: file.path };
}
