// Opens a safetensors file: its tensors and metadata, from its head alone.
import { badFile } from "../bad-file.ts";
import { HeadError } from "../heads/head-error.ts";
import { cutText } from "../heads/notes.ts";
import type { OpenedPreview, PreviewFile } from "../opened.ts";
import { readSafetensorsHead } from "./safetensors-head.ts";

/** Characters of a metadata value that are shown. */
export const MAX_VALUE_LENGTH = 10_000;

/** The opener of `safetensors`. */
export async function openSafetensors({ source, path }: PreviewFile): Promise<OpenedPreview> {
  try {
    const { tally, metadata, notes } = await readSafetensorsHead(source);
    return {
      preview: {
        kind: "safetensors",
        notes: notes.all(),
        metadata: metadata.map((value) => ({
          ...value,
          text: cutText(value.text, MAX_VALUE_LENGTH),
        })),
        graph: null,
        ...tally.summary(),
      },
    };
  } catch (error) {
    if (error instanceof HeadError) throw badFile(path, error.reason, error);
    throw error;
  }
}
