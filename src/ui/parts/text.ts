import { showHidden } from "../../core/errors.ts";

/** As {@link showHidden}, but line breaks and tabs of a longer text stay. */
export function showHiddenInText(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((piece) => (piece === "\n" || piece === "\t" ? piece : showHidden(piece)))
    .join("");
}

/** A reason, such as `it is empty`, as a sentence of its own. */
export function sentenceOf(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
