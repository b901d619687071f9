// A lineage graph as nested lists: below each thing what it came from.
import {
  showHidden,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
} from "../../src/index.ts";
import { chip, make, versionLink } from "./dom.ts";

/** Lists what the focus of a graph came from. Asked for with `direction: "up"`. */
export function lineageList(graph: LineageGraph): readonly Node[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  /** Several ways may lead to one thing; what is above it is listed once. */
  const listed = new Set<string>();

  const item = (node: LineageNode, edge?: LineageEdge): Node => {
    const line = make("p", {}, ...(edge === undefined ? [] : [verbOf(edge)]), nameOf(node));
    if (listed.has(node.id)) {
      line.append(make("span", { class: "muted" }, " (see above)"));
      return make("li", {}, line);
    }
    listed.add(node.id);
    line.append(...detailsOf(node));
    const sources = graph.edges
      .filter(({ to }) => to === node.id)
      .flatMap((source) => {
        const from = nodes.get(source.from);
        return from === undefined ? [] : [item(from, source)];
      });
    return make("li", {}, line, ...(sources.length === 0 ? [] : [make("ul", {}, ...sources)]));
  };

  const focus = nodes.get(graph.focus);
  const list = make("ul", { class: "lineage" }, ...(focus === undefined ? [] : [item(focus)]));
  const { byDepth, bySize } = graph.truncated;
  return byDepth || bySize
    ? [list, make("p", { class: "muted" }, "There is more than is shown here.")]
    : [list];
}

/** How the one at the end of the line came from the one at its start. */
function verbOf({ kind }: LineageEdge): string {
  switch (kind) {
    case "output":
      return "made by ";
    case "input":
      return "which used ";
    case "derived":
      return "derived from ";
  }
}

function nameOf(node: LineageNode): Node {
  if (node.kind === "run")
    return make("span", {}, "run ", make("strong", {}, showHidden(node.name)));
  const { project, name, number, state } = node;
  const text = `${name}:v${number}`;
  return state === "live" ? versionLink(project, name, `v${number}`, text) : make("s", {}, text);
}

function detailsOf(node: LineageNode): readonly (Node | string)[] {
  if (node.kind === "version") {
    const aliases = node.aliases.map((alias) =>
      chip(alias, alias === "latest" ? "latest" : "alias"),
    );
    return [chip(node.type, "type"), ...aliases].flatMap((each) => [" ", each]);
  }
  const started = new Date(node.startedAt).toLocaleTimeString();
  const state = node.isDeleted ? "deleted" : node.state;
  return [make("span", { class: "muted" }, ` ${state}, started ${started}`)];
}
