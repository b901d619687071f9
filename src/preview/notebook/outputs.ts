// Turns a cell's outputs into text and images. HTML is never passed on: its plain twin is shown.
import type { NotebookOutput } from "../../protocol/preview-api.ts";
import { sniffMedia } from "../media/sniff.ts";
import type { RawOutput } from "./read-notebook.ts";

const MAX_TEXT = 100_000;
const MAX_IMAGE = 16 << 20;
/** Of one cell. */
const MAX_OUTPUTS = 500;
/** Colours and cursor movements of a terminal, titles of its window among them. */
// oxlint-disable-next-line no-control-regex
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** Outputs as the page shows them; those that follow each other in one stream are one. */
export function showOutputs(outputs: readonly RawOutput[]): NotebookOutput[] {
  const shown: NotebookOutput[] = [];
  let stream: string[] = [];
  const endStream = (): void => {
    if (stream.length > 0) shown.push(textOutput("text", stream.join("")));
    stream = [];
  };
  for (const output of outputs.slice(0, MAX_OUTPUTS)) {
    if (output.kind === "stream") {
      stream.push(output.text);
      continue;
    }
    endStream();
    shown.push(output.kind === "error" ? textOutput("error", output.text) : rich(output.data));
  }
  endStream();
  const left = outputs.length - MAX_OUTPUTS;
  if (left > 0) shown.push(textOutput("text", `(${left.toLocaleString("en")} more outputs)`));
  return shown;
}

function rich(data: ReadonlyMap<string, string>): NotebookOutput {
  for (const type of ["image/png", "image/jpeg"]) {
    const image = imageOf(data.get(type));
    if (image !== null) return { kind: "image", text: plainOf(data) ?? "", image };
  }
  const text = plainOf(data);
  if (text !== null) return textOutput("text", text);
  const types = [...data.keys()].map((type) => type.slice(0, 100)).join(", ");
  return textOutput(
    "text",
    types === ""
      ? "(an output without content)"
      : `(an output of type ${types}, which isn't shown)`,
  );
}

function plainOf(data: ReadonlyMap<string, string>): string | null {
  return (
    data.get("text/plain") ??
    data.get("text/markdown") ??
    data.get("text/latex") ??
    data.get("application/json") ??
    null
  );
}

/** The bytes must be what a browser takes for an image, whatever the notebook says. */
function imageOf(base64: string | undefined): NonNullable<NotebookOutput["image"]> | null {
  if (base64 === undefined || base64.length > (MAX_IMAGE * 4) / 3) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const media = sniffMedia(bytes);
    const isSafe = media?.mediaType === "image/png" || media?.mediaType === "image/jpeg";
    return isSafe ? { mediaType: media.mediaType, bytes } : null;
  } catch {
    return null;
  }
}

function textOutput(kind: "text" | "error", raw: string): NotebookOutput {
  const text = overwritten(raw.slice(0, MAX_TEXT * 2).replace(ANSI, ""));
  const isCut = text.length > MAX_TEXT || raw.length > MAX_TEXT * 2;
  return { kind, text: isCut ? `${text.slice(0, MAX_TEXT)}\n… (cut)` : text };
}

/** A progress bar writes one line again and again: only its last state counts. */
function overwritten(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => {
      const states = line.split("\r").filter((state) => state !== "");
      return states.at(-1) ?? "";
    })
    .join("\n");
}
