// Keeps texts from the Markdown parser that would hold it for minutes. Its time grows with the square of marks that
// are left open in one paragraph, and with the depth of nesting.

const MAX_MARKS = 2_000;
const MAX_DEPTH = 40;
/** Items of lists and definitions: the parser's time grows with the square of these too. */
const MAX_ITEMS = 2_000;
const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)]|\[[^\]]{1,200}\]:)[ \t]/;
const MARKS = /[[*_!`~]/g;
/** What opens quotes and lists at the start of a line. */
const OPENERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const INDENTED_ITEM = /^[ \t]{80,}(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** Whether a text is nested or marked beyond what people write. */
export function isMarkdownBomb(text: string): boolean {
  let marks = 0;
  let items = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      marks = 0;
      continue;
    }
    marks += line.match(MARKS)?.length ?? 0;
    if (marks > MAX_MARKS || INDENTED_ITEM.test(line)) return true;
    if (ITEM.test(line) && ++items > MAX_ITEMS) return true;
    const openers = OPENERS.exec(line)?.[0] ?? "";
    if (openers.length > MAX_DEPTH && openers.replace(/\s/g, "").length > MAX_DEPTH) return true;
  }
  return false;
}
