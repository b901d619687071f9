// Markdown as a tree that can hold nothing but text, styles, links and images.
import type { AlignType, Nodes, Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { MarkdownNode } from "../../protocol/preview-api.ts";
import { highlightLines } from "../text/highlight.ts";
import { chunksOf } from "./chunks.ts";
import { isMarkdownBomb } from "./guard.ts";

/** Deeper nesting is shown as the text in it. */
const MAX_DEPTH = 60;
/** A chunk that can't be cut is laid out up to this size. */
const MAX_CHUNK = 64 * 1024;
/** Names that one chunk may have the meaning of put behind it. */
const MAX_DEFINITIONS = 500;
/** The YAML that model cards and blogs begin with. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]{0,65536}?)\n---[ \t]*(?:\n|$)/;
const SAFE_LINK = /^(?:https?:|mailto:|#|[^:]*$|[^:/?#]*[/?#])/i;

interface Definition {
  readonly url: string;
}

/** Chunks are laid out for so long; one chunk more may be under way. */
const MAX_MS = 3_000;
const DEFINITION = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S.*$/gm;
const REFERENCE = /\[([^[\]\n]{1,200})\]/g;

/** A text that was laid out. */
interface LaidOut {
  readonly nodes: readonly MarkdownNode[];
  /** It takes too long, so the rest is left out. */
  readonly isCut: boolean;
  /** Parts are marked or nested beyond what people write, and stand as they are written. */
  readonly hasPlain: boolean;
}

/** A Markdown text as a tree; `null` where it is made to hold up whoever reads it. */
export function layOut(text: string, now = (): number => performance.now()): LaidOut | null {
  const plain = text.replace(/\r\n?/g, "\n");
  const front = FRONT_MATTER.exec(plain);
  const body = front === null ? plain : plain.slice(front[0].length);
  const head = front?.[1];
  const nodes: MarkdownNode[] =
    head === undefined
      ? []
      : [{ kind: "code", language: "yaml", lines: highlightLines(head, "yaml") }];
  const definitions = definitionLines(body);
  const startedAt = now();
  let hasPlain = false;
  let isAllPlain = head === undefined;
  for (const chunk of chunksOf(body)) {
    if (now() - startedAt > MAX_MS) return { nodes, isCut: true, hasPlain };
    if (!chunk.isCode && (chunk.text.length > MAX_CHUNK || isMarkdownBomb(chunk.text))) {
      hasPlain = true;
      nodes.push({ kind: "code", language: null, lines: highlightLines(chunk.text, null) });
      continue;
    }
    isAllPlain = false;
    const parsed = chunkNodes(chunk.text, definitions);
    const last = nodes.at(-1);
    const [first] = parsed;
    if (chunk.goesOn && last !== undefined && first !== undefined && isSameBlock(last, first))
      nodes.splice(-1, 1, joined(last, first), ...parsed.slice(1));
    else for (const node of parsed) nodes.push(node);
  }
  return hasPlain && isAllPlain ? null : { nodes, isCut: false, hasPlain };
}

type Block = Extract<MarkdownNode, { kind: "list" | "table" }>;

function isSameBlock(last: MarkdownNode, next: MarkdownNode): boolean {
  if (last.kind === "list") return next.kind === "list" && next.ordered === last.ordered;
  return last.kind === "table" && next.kind === "table";
}

function joined(last: MarkdownNode, next: MarkdownNode): MarkdownNode {
  const [before, after] = [last as Block, next as Block];
  // A table's head was put before each part of it.
  const more = after.kind === "table" ? after.children.slice(1) : after.children;
  return { ...before, children: [...before.children, ...more] };
}

/** Lines that say what a name means, by that name. */
function definitionLines(body: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [line, name = ""] of body.matchAll(DEFINITION)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, line);
  }
  return found;
}

function chunkNodes(text: string, known: ReadonlyMap<string, string>): MarkdownNode[] {
  const wanted = new Set<string>();
  if (known.size > 0)
    for (const [, name = ""] of text.matchAll(REFERENCE)) {
      const line = known.get(name.toLowerCase());
      if (line !== undefined && wanted.size < MAX_DEFINITIONS) wanted.add(line);
    }
  const whole = wanted.size === 0 ? text : `${text}\n\n${[...wanted].join("\n")}`;
  const root = fromMarkdown(whole, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  // What was put behind the chunk has no place of its own in it.
  const own = root.children.filter((node) => (node.position?.start.offset ?? 0) < text.length);
  return convertAll(own, definitionsOf(root), 0);
}

/** What links by name mean; they may stand anywhere, at any depth. */
function definitionsOf(root: Root): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "definition" && !found.has(node.identifier))
      found.set(node.identifier, { url: node.url });
    if ("children" in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
  return found;
}

function convertAll(
  nodes: readonly RootContent[],
  definitions: ReadonlyMap<string, Definition>,
  depth: number,
): MarkdownNode[] {
  return nodes.flatMap((node) => convert(node, definitions, depth));
}

function convert(
  node: RootContent,
  definitions: ReadonlyMap<string, Definition>,
  depth: number,
): readonly MarkdownNode[] {
  if (depth > MAX_DEPTH) return [{ kind: "text", text: textIn(node) }];
  const inside = (parent: { readonly children: readonly RootContent[] }): MarkdownNode[] =>
    convertAll(parent.children, definitions, depth + 1);
  switch (node.type) {
    case "paragraph":
      return [{ kind: "paragraph", children: inside(node) }];
    case "heading":
      return [{ kind: "heading", level: node.depth, children: inside(node) }];
    case "blockquote":
      return [{ kind: "quote", children: inside(node) }];
    case "list":
      return [
        {
          kind: "list",
          ordered: node.ordered === true,
          start: node.start ?? 1,
          children: inside(node),
        },
      ];
    case "listItem": {
      const isTask = node.checked === true || node.checked === false;
      return [
        { kind: "item", children: inside(node), ...(isTask && { checked: node.checked === true }) },
      ];
    }
    case "table":
      return [{ kind: "table", align: (node.align ?? []).map(alignOf), children: inside(node) }];
    case "tableRow":
      return [{ kind: "table-row", children: inside(node) }];
    case "tableCell":
      return [{ kind: "table-cell", children: inside(node) }];
    case "strong":
    case "emphasis":
      return [{ kind: node.type, children: inside(node) }];
    case "delete":
      return [{ kind: "deleted", children: inside(node) }];
    case "link":
      return linkOrText(node.url, inside(node));
    case "linkReference": {
      const definition = definitions.get(node.identifier);
      return definition === undefined ? inside(node) : linkOrText(definition.url, inside(node));
    }
    case "image":
      return [{ kind: "image", url: node.url, alt: node.alt ?? "" }];
    case "imageReference": {
      const definition = definitions.get(node.identifier);
      const alt = node.alt ?? "";
      return definition === undefined
        ? [{ kind: "text", text: alt }]
        : [{ kind: "image", url: definition.url, alt }];
    }
    case "code": {
      const language = languageNamed(node.lang);
      return [{ kind: "code", language, lines: highlightLines(node.value, language) }];
    }
    case "inlineCode":
      return [{ kind: "inline-code", text: node.value }];
    case "text":
      return [{ kind: "text", text: node.value }];
    case "html":
      return htmlAsText(node.value);
    case "break":
      return [{ kind: "break" }];
    case "thematicBreak":
      return [{ kind: "rule" }];
    case "footnoteReference":
      return [{ kind: "text", text: `[${node.label ?? node.identifier}]` }];
    case "footnoteDefinition":
      return [
        {
          kind: "paragraph",
          children: [{ kind: "text", text: `[${node.label ?? node.identifier}]` }],
        },
        ...inside(node),
      ];
    default:
      // Definitions were read before, and nothing else comes out of the parser.
      return [];
  }
}

/** Schemes that could run or fetch something are no links. */
function linkOrText(url: string, children: MarkdownNode[]): readonly MarkdownNode[] {
  return SAFE_LINK.test(url.trim()) ? [{ kind: "link", url: url.trim(), children }] : children;
}

function alignOf(align: AlignType): "left" | "right" | "center" | null {
  return align ?? null;
}

/** HTML is shown as it is written, but for what says nothing to a reader. */
function htmlAsText(html: string): readonly MarkdownNode[] {
  if (/^<br\s*\/?>$/i.test(html)) return [{ kind: "break" }];
  const shown = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "").trim();
  return shown === "" ? [] : [{ kind: "text", text: shown }];
}

function languageNamed(name: string | null | undefined): string | null {
  const found = /^[\w+#.-]{1,32}/.exec(name ?? "")?.[0];
  return found?.toLowerCase() ?? null;
}

function textIn(node: RootContent): string {
  const texts: string[] = [];
  const waiting: RootContent[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ("value" in next) texts.push(next.value);
    if ("children" in next) for (const child of next.children.toReversed()) waiting.push(child);
  }
  return texts.join(" ");
}
