import { showHidden } from "../../core/errors.ts";

/** As {@link showHidden}, but line breaks and tabs of a longer text stay. */
export function showHiddenInText(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((piece) => (piece === "\n" || piece === "\t" ? piece : showHidden(piece)))
    .join("");
}
