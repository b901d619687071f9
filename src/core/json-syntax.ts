// Where a text stops being JSON: engines word their syntax errors differently, and some name no place.

const SPACE = /[ \t\n\r]*/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING_PIECE = /[^"\\\p{Cc}]+|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

/** The index of the first character that JSON doesn't allow there, or `undefined` when the text is JSON. */
export function findJsonError(text: string): number | undefined {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  let at = endOfOne(SPACE, text, 0);
  while (expected !== "comma or end" || open.length > 0) {
    const character = text[at];
    const isClosing = character === (open.at(-1) === "[" ? "]" : "}") && expected.endsWith("end");
    let end = at + 1;
    if (isClosing) {
      open.pop();
      expected = "comma or end";
    } else if (expected === "comma or end") {
      if (character !== ",") return at;
      expected = open.at(-1) === "[" ? "value" : "key";
    } else if (expected === "colon") {
      if (character !== ":") return at;
      expected = "value";
    } else if (expected.startsWith("key")) {
      if (character !== '"') return at;
      end = endOf(STRING_PIECE, text, at + 1);
      if (text[end++] !== '"') return end - 1;
      expected = "colon";
    } else if (character === "[" || character === "{") {
      open.push(character);
      expected = character === "[" ? "value or end" : "key or end";
    } else {
      end =
        character === '"' ? endOf(STRING_PIECE, text, at + 1) : endOfOne(NUMBER_OR_WORD, text, at);
      if (end === at) return at;
      if (character === '"' && text[end++] !== '"') return end - 1;
      expected = "comma or end";
    }
    at = endOfOne(SPACE, text, end);
  }
  return at < text.length ? at : undefined;
}

/** The end of all the matches of a sticky pattern that follow each other from an index. */
function endOf(pattern: RegExp, text: string, from: number): number {
  let end = from;
  for (;;) {
    const next = endOfOne(pattern, text, end);
    if (next === end) return end;
    end = next;
  }
}

function endOfOne(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
