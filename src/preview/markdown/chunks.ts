// Cuts Markdown where one block surely ends and the next begins: the parser's time grows faster than its text.

/** A piece that can be parsed by itself. */
interface Chunk {
  readonly text: string;
  /** A code block: nothing in it is parsed. */
  readonly isCode: boolean;
  /** It goes on with the list or table that the chunk before it ends with. */
  readonly goesOn: boolean;
}

/** What a chunk is let grow to, where it can be cut. */
const CHUNK_CHARS = 4 * 1024;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** HTML that goes on over empty lines, with what ends it. */
const HTML_BLOCKS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
];
const HEADING = /^#{1,6}(?:[ \t]|$)/;
/** What begins a paragraph at the edge, which ends every list and quote before an empty line. */
const PLAIN = /^[^\s>#*+\-=_\d<`~|[\]:]/;
const TABLE_RULE = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const ITEM = /^(?:([-*+])|\d{1,9}([.)]))[ \t]/;

/** The chunks of a text, in its order; together they are the whole text. */
export function* chunksOf(text: string): Generator<Chunk> {
  const lines = text.split("\n");
  let held: string[] = [];
  let chars = 0;
  let goesOn = false;
  /** Ends what is open, such as the fence of a code block. */
  let untilLine: ((line: string) => boolean) | null = null;
  let isFenced = false;
  /** A table's head and rule, which each of its chunks begins with. */
  let tableHead: readonly [string, string] | null = null;
  let isAfterBlank = true;

  const take = (isCode: boolean): Chunk | null => {
    const chunk = { text: held.join("\n"), isCode, goesOn };
    const isNothing = held.every((line) => line.trim() === "");
    held = [];
    chars = 0;
    goesOn = false;
    return isNothing ? null : chunk;
  };
  for (const line of lines) {
    let chunk: Chunk | null = null;
    let closes = false;
    if (untilLine !== null) closes = untilLine(line);
    else {
      const fence = FENCE.exec(line)?.[1];
      const html = HTML_BLOCKS.find(([start]) => start.test(line));
      const isItem = ITEM.test(line);
      if (fence !== undefined && !line.startsWith(" ")) {
        chunk = take(false);
        isFenced = true;
      } else if (HEADING.test(line) || (isAfterBlank && PLAIN.test(line))) {
        if (chars > CHUNK_CHARS) chunk = take(false);
      } else if (chars > CHUNK_CHARS && tableHead !== null && line.includes("|")) {
        chunk = take(false);
        held.push(...tableHead);
        goesOn = true;
      } else if (chars > CHUNK_CHARS && isItem && ITEM.test(held[0] ?? "")) {
        chunk = take(false);
        goesOn = true;
      }
      if (fence !== undefined) untilLine = fenceEnd(fence);
      else if (html !== undefined && !html[1].test(line.slice(4)))
        untilLine = (l) => html[1].test(l);
      const before = held.at(-1);
      if (line.trim() === "") tableHead = null;
      else if (before?.includes("|") === true && line.includes("-") && TABLE_RULE.test(line))
        tableHead = [before, line];
    }
    if (chunk !== null) yield chunk;
    held.push(line);
    chars += line.length + 1;
    isAfterBlank = line.trim() === "";
    if (!closes) continue;
    untilLine = null;
    if (!isFenced) continue;
    isFenced = false;
    const code = take(true);
    if (code !== null) yield code;
  }
  const last = take(isFenced);
  if (last !== null) yield last;
}

function fenceEnd(fence: string): (line: string) => boolean {
  return (line) => {
    const closing = line.trim();
    return closing.startsWith(fence) && closing.replaceAll(fence[0] ?? "", "") === "";
  };
}
