// A lineage graph as it is drawn: what of it is seen, and where that stands.
import type { VisibleGraph, VisibleId } from "../../core/lineage-view.ts";
import type { LineageNodeId } from "../../core/lineage.ts";
import type { GraphLayout, LayoutApi } from "../../protocol/layout-api.ts";
import { sizeOf } from "../lineage/node-size.ts";

/** What is drawn, and where: always from one moment. */
export interface Drawn {
  readonly graph: VisibleGraph;
  readonly layout: GraphLayout;
  readonly focus: LineageNodeId;
  /** Where each node stands in both. */
  readonly indexOf: ReadonlyMap<VisibleId, number>;
}

/** Lays a graph out; what was drawn before stays near where it was. */
export async function arrange(
  graph: VisibleGraph,
  focus: LineageNodeId,
  before: Drawn | null,
  layouts: LayoutApi,
): Promise<Drawn> {
  const indexOf = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  const index = (id: VisibleId): number => indexOf.get(id) ?? 0;
  const layout = await layouts.arrange({
    nodes: graph.nodes.map((node) => ({ ...sizeOf(node), lastY: lastY(before, node.id) })),
    edges: graph.edges.map(({ from, to }) => ({ from: index(from), to: index(to) })),
  });
  return { graph, layout, focus, indexOf };
}

/** Whether a node is drawn only as one of a group. */
export function isInGroup({ graph, indexOf }: Drawn, id: VisibleId): id is LineageNodeId {
  return !indexOf.has(id) && graph.placeOf.has(id as LineageNodeId);
}

function lastY(drawn: Drawn | null, id: VisibleId): number | null {
  const index = drawn?.indexOf.get(id);
  return index === undefined ? null : (drawn?.layout.nodes[index]?.y ?? null);
}
