// Levels of headings below those of the page: none is skipped, whatever the text does.
import type { MarkdownNode } from "../../protocol/preview-api.ts";

type Heading = Extract<MarkdownNode, { kind: "heading" }>;

/** Page and pane have the first two. */
const TOP = 3;
const DEEPEST = 6;

/** The level on the page of each heading in the text. */
export function levelsOf(nodes: readonly MarkdownNode[]): ReadonlyMap<Heading, number> {
  const levels = new Map<Heading, number>();
  let last = TOP - 1;
  const visit = (node: MarkdownNode): void => {
    if (node.kind === "heading") {
      last = Math.min(node.level + TOP - 1, last + 1, DEEPEST);
      levels.set(node, last);
    } else if ("children" in node) node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return levels;
}
