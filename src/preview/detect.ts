// Finds what a file can be shown as: by its first bytes, then by its name, then as text, and always as hex.
import type { PreviewKind } from "../protocol/preview-api.ts";
import { sniffMedia } from "./media/sniff.ts";
import type { PreviewFile } from "./opened.ts";
import { endingOf, isTextName } from "./text/languages.ts";
import { looksLikeText } from "./text/looks-like-text.ts";

/** Enough for every magic number, and for a fair look at whether it is text. */
const HEAD_BYTES = 16 * 1024;
/** A safetensors header beyond this is refused by its own library. */
const MAX_SAFETENSORS_HEADER = 100_000_000n;

const KIND_OF_ENDING = new Map<string, PreviewKind>(
  Object.entries({
    json: "json geojson topojson jsonld webmanifest har sarif map",
    markdown: "md markdown mdx qmd rmd",
    table: "csv tsv tab psv jsonl ndjson parquet pq",
    notebook: "ipynb",
    safetensors: "safetensors",
    gguf: "gguf",
    onnx: "onnx",
    archive: "zip npz whl jar apk docx xlsx pptx odt ods epub keras",
    image: "png jpg jpeg gif webp avif bmp ico svg",
    audio: "mp3 wav ogg oga opus flac m4a aac",
    video: "mp4 m4v webm mov ogv",
    pdf: "pdf",
  }).flatMap(([kind, endings]) =>
    endings.split(" ").map((ending) => [ending, kind as PreviewKind] as const),
  ),
);
/** Kinds whose bytes are text, so that text is another way to see them. */
const TEXT_KINDS: ReadonlySet<PreviewKind> = new Set(["json", "markdown", "table", "notebook"]);

/** The kinds a file can be shown as, best first; the last is `hex`. */
export async function kindsOf({ source, path }: PreviewFile): Promise<readonly PreviewKind[]> {
  const head = await source.read(0, HEAD_BYTES);
  if (head.length === 0) return ["text", "hex"];
  const kinds: PreviewKind[] = [];
  const isText = looksLikeText(head, isTextName(path));
  const byMagic = kindOfMagic(head);
  const byName = isTarName(path) ? "archive" : KIND_OF_ENDING.get(endingOf(path));
  if (byMagic !== null) kinds.push(byMagic);
  // Bytes that say nothing don't gainsay the name: its opener will tell the person what is wrong.
  else if (byName !== undefined && (isText || !isTextKind(byName, path))) kinds.push(byName);
  if (isText) {
    kinds.push("text");
    if (byName === "notebook" || (byName === undefined && startsAsJson(head))) kinds.push("json");
  }
  kinds.push("hex");
  return kinds;
}

/** Kinds that only text can be. */
function isTextKind(kind: PreviewKind, path: string): boolean {
  return TEXT_KINDS.has(kind) && !isParquetName(path);
}

/** Whether a path is that of a Parquet file. */
export function isParquetName(path: string): boolean {
  return ["parquet", "pq"].includes(endingOf(path));
}

function kindOfMagic(head: Uint8Array<ArrayBuffer>): PreviewKind | null {
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (magic === "PAR1") return "table";
  if (magic === "GGUF") return "gguf";
  if (magic === "PK\x03\x04" || magic === "PK\x05\x06" || isTar(head)) return "archive";
  return isSafetensors(head) ? "safetensors" : (sniffMedia(head)?.kind ?? null);
}

/** Whether a file's head is that of a tar. */
export function isTar(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(257, 262)) === "ustar";
}

/** Whether a path is that of a tar, packed by gzip or not. */
export function isTarName(path: string): boolean {
  return /\.(?:tar|tar\.gz|tgz)$/i.test(path);
}

/** The length of a header of JSON, then that header. */
function isSafetensors(head: Uint8Array<ArrayBuffer>): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  const length = new DataView(head.buffer).getBigUint64(0, true);
  return length >= 2n && length <= MAX_SAFETENSORS_HEADER;
}

function startsAsJson(head: Uint8Array): boolean {
  return /^\s*[[{]\s*["{[\]}\d-]/.test(String.fromCharCode(...head.subarray(0, 256)));
}
