// Puts JSON on lines without reading it: numbers keep every digit, and broken JSON stays what it is.

/** Deeper levels are not indented further: the text would grow with the square of the depth. */
const MAX_INDENT = 40;

/** The same JSON with a line for each member, or `null` where it doesn't start as an object or array. */
export function formatJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const pieces: string[] = [];
  let depth = 0;
  let previous = "";
  for (const token of tokensOf(text)) {
    const opens = previous === "{" || previous === "[";
    const closes = token === "}" || token === "]";
    if (closes) depth = Math.max(0, depth - 1);
    if (closes ? !opens : opens || previous === ",")
      pieces.push("\n", "  ".repeat(Math.min(depth, MAX_INDENT)));
    pieces.push(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth++;
    previous = token;
  }
  pieces.push("\n");
  return pieces.join("");
}

/** Strings, punctuation and what stands between, without the white space. */
function* tokensOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? "";
    let end = at + 1;
    if (character === '"') end = endOfString(text, at);
    else if (!isBetween(character)) while (end < text.length && !isBorder(text[end] ?? "")) end++;
    if (!isSpace(character)) yield text.slice(at, end);
    at = end;
  }
}

/** Behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

const isSpace = (character: string): boolean => " \n\r\t".includes(character);
const isBetween = (character: string): boolean =>
  "{}[],:".includes(character) || isSpace(character);
const isBorder = (character: string): boolean => character === '"' || isBetween(character);
