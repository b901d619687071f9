// Whether an opener copes with a file: it gives a preview that makes sense, or refuses in words.
import fc from "fast-check";
import { expect } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import type { Opener } from "../../src/preview/opened.ts";
import { damaged } from "./mutations.ts";
import { previewFile } from "./preview-file.ts";

/** Opens damaged bytes. Throws for any error but `file_unreadable`, and for a preview that can't be shown. */
export async function outcomeOf(
  open: Opener,
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<"preview" | "refused"> {
  try {
    const { preview } = await open(previewFile(bytes, path));
    // Previews cross a worker border, and their counts are drawn as they are.
    structuredClone(preview);
    if (preview.kind === "archive")
      expect(preview.sizeBytes).toSatisfy((size) => Number.isFinite(size) && size >= 0);
    if (preview.kind === "safetensors" || preview.kind === "gguf" || preview.kind === "onnx")
      for (const tensor of preview.tensors)
        expect(tensor.parameters).toSatisfy((count) => Number.isSafeInteger(count) && count >= 0);
    for (const note of preview.notes) expect(note).toMatch(/\.$/);
    return "preview";
  } catch (error) {
    if (!isCairnError(error, "file_unreadable")) throw error;
    expect(error.data.reason).not.toMatch(/\.$|^$/);
    return "refused";
  }
}

/** Opens files with random damage, called `name`, and gives what came of them. */
export async function outcomesOf(
  open: Opener,
  files: readonly Uint8Array<ArrayBuffer>[],
  name: string,
  numRuns: number,
): Promise<ReadonlySet<string>> {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(damaged(files), async (bytes) => {
      outcomes.add(await outcomeOf(open, bytes, name));
    }),
    { numRuns },
  );
  return outcomes;
}
