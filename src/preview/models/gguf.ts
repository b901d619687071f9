// Opens a GGUF file: its metadata and tensors, from its head alone.
import { badFile } from "../bad-file.ts";
import { HeadError } from "../heads/head-error.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { readGgufHead } from "./gguf-head.ts";

/** The opener of `gguf`. */
export async function openGguf({ source, path }: PreviewFile): Promise<OpenedPreview> {
  try {
    const { tally, metadata, notes } = await readGgufHead(source);
    return {
      preview: { kind: "gguf", notes: notes.all(), metadata, graph: null, ...tally.summary() },
    };
  } catch (error) {
    if (error instanceof HeadError) throw badFile(path, error.reason, error);
    throw error;
  }
}
