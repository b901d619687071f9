// What a line-by-line difference doesn't show by itself, said in sentences.
import type { LineBlock } from "./diff-lines.ts";
import type { LineEnds, ReadText } from "./read-text.ts";

/** Sentences about two texts and the lines that differ between them. */
export function notesOf(
  before: ReadText,
  after: ReadText,
  blocks: readonly LineBlock[],
): readonly string[] {
  const differing = blocks.filter(({ isSame }) => !isSame);
  const hasSameLines = differing.length === 0;
  const notes: string[] = [];
  const hidden = hiddenDifferences(before, after);
  if (hasSameLines)
    notes.push(
      hidden.length === 0
        ? "Every line is the same."
        : `No line differs, only what lines don't show: ${hidden.join("; ")}.`,
    );
  else {
    if (differing.every((block) => isOnlySpace(before.lines, after.lines, block)))
      notes.push("Only white space differs.");
    if (hidden.length > 0) notes.push(`Lines don't show that also ${hidden.join("; ")}.`);
  }
  for (const [text, side] of [
    [before, "older"],
    [after, "newer"],
  ] as const)
    if (text.isDamaged)
      notes.push(
        `Some bytes of the ${side} file are not valid ${text.encoding === "utf-8" ? "UTF-8" : "UTF-16"}. They are shown as \ufffd.`,
      );
  return notes;
}

function hiddenDifferences(before: ReadText, after: ReadText): readonly string[] {
  const found: string[] = [];
  if (before.lineEnds !== after.lineEnds && before.lineEnds !== "none" && after.lineEnds !== "none")
    found.push(
      `the line ends are ${LINE_ENDS[before.lineEnds]} before, ${LINE_ENDS[after.lineEnds]} after`,
    );
  if (before.endsWithLineEnd !== after.endsWithLineEnd && before.text !== "" && after.text !== "")
    found.push(
      `the last line ${after.endsWithLineEnd ? "now ends with a line end" : "no longer ends with a line end"}`,
    );
  if (before.encoding !== after.encoding)
    found.push(`the encoding is ${before.encoding} before, ${after.encoding} after`);
  else if (before.hasMark !== after.hasMark)
    found.push(`the byte order mark at the start ${after.hasMark ? "came" : "went"}`);
  return found;
}

const LINE_ENDS: Readonly<Record<LineEnds, string>> = {
  LF: "LF (Unix)",
  CRLF: "CRLF (Windows)",
  CR: "CR (old Mac)",
  mixed: "mixed",
  none: "none",
};

function isOnlySpace(
  before: readonly string[],
  after: readonly string[],
  block: LineBlock,
): boolean {
  const old = withoutSpace(before.slice(block.before, block.beforeEnd));
  return old === withoutSpace(after.slice(block.after, block.afterEnd));
}

function withoutSpace(lines: readonly string[]): string {
  return lines.join("").replace(/\s+/g, "");
}
