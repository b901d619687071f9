// Text as lines of coloured tokens.
import type { Token, TokenLine } from "../../protocol/preview-api.ts";
import { lowlight } from "./grammars.ts";

/** Colouring holds the worker for about a second per megabyte, so more stays plain. */
const MAX_COLOURED = 512 * 1024;
/** Long lines are minified or data: patterns are slow on them, and colours help nobody there. */
const MAX_LINE = 4_000;

/** Some texts are slow for their grammar, by chance or on purpose: a first piece tells before all is lost. */
const PROBED_LINES_CHARS = 16 * 1024;
const MAX_PROBE_MS = 500;

/** A text's lines; a line end at the end of the text begins no further line. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

/**
 * A text's lines in colour. Long lines, long texts and unknown languages are plain.
 *
 * @param language as `languageOf` or a person names it, such as `python` or `py`; `null` for none
 */
export function highlightLines(text: string, language: string | null): TokenLine[] {
  const lines = linesOf(text);
  if (language === null || text.length > MAX_COLOURED || !lowlight.registered(language))
    return lines.map(plainLine);
  if (isSlow(lines, language)) return lines.map(plainLine);
  const coloured: TokenLine[] = [];
  for (let at = 0; at < lines.length;) {
    const long = lines.findIndex((line, index) => index >= at && line.length > MAX_LINE);
    const end = long === -1 ? lines.length : long;
    for (const line of colour(lines.slice(at, end), language)) coloured.push(line);
    if (long !== -1) coloured.push(plainLine(lines[long] ?? ""));
    at = end + 1;
  }
  return coloured;
}

function isSlow(lines: readonly string[], language: string): boolean {
  let chars = 0;
  const long = lines.findIndex((line) => (chars += line.length) > PROBED_LINES_CHARS);
  if (long === -1) return false;
  const start = performance.now();
  colour(
    lines.slice(0, long).filter((line) => line.length <= MAX_LINE),
    language,
  );
  return performance.now() - start > MAX_PROBE_MS;
}

function plainLine(line: string): TokenLine {
  return line === "" ? [] : [{ scope: "", text: line }];
}

function colour(lines: readonly string[], language: string): TokenLine[] {
  if (lines.length === 0) return [];
  const result: Token[][] = [[]];
  const put = (text: string, scope: string): void => {
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0) result.push([]);
      if (piece !== "") result.at(-1)?.push({ scope, text: piece });
    }
  };
  // A stack of our own: nested code nests the tree as deep as it likes.
  type Node = ReturnType<typeof lowlight.highlight>["children"][number];
  const stack: { readonly node: Node; readonly scope: string }[] = [];
  const stackAll = (nodes: readonly Node[], scope: string): void => {
    for (const node of nodes.toReversed()) stack.push({ node, scope });
  };
  stackAll(lowlight.highlight(language, lines.join("\n"), { prefix: "" }).children, "");
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, scope } = next;
    if (node.type === "text") put(node.value, scope);
    else if (node.type === "element") stackAll(node.children, scopeOf(node.properties.className));
  }
  return result;
}

/** The first class is the scope; code of another language inside the text has none of its own. */
function scopeOf(className: unknown): string {
  const first: unknown = Array.isArray(className) ? className[0] : "";
  return typeof first === "string" && !first.startsWith("language") ? first : "";
}
