// What of a lineage graph is drawn: alike nodes as one, unless that was opened or a member taken out.
import { alikeSets, type AlikeId, type AlikeSet } from "./lineage-alike.ts";
import type { LineageEdge, LineageGraph, LineageNode, LineageNodeId } from "./lineage.ts";

/** Alike nodes drawn as one. */
export interface LineageGroup {
  readonly kind: "group";
  readonly id: AlikeId;
  readonly set: AlikeSet;
  /** Those in it; the others of the set were taken out. */
  readonly members: readonly LineageNode[];
  readonly hasMore: boolean;
}

export type VisibleNode = LineageNode | LineageGroup;
export type VisibleId = VisibleNode["id"];

/** One line, or all lines between the nodes of groups. */
export interface VisibleEdge {
  readonly from: VisibleId;
  readonly to: VisibleId;
  readonly kind: LineageEdge["kind"];
  readonly count: number;
}

export interface VisibleGraph {
  readonly nodes: readonly VisibleNode[];
  readonly edges: readonly VisibleEdge[];
  /** Where each node of the graph is drawn. */
  readonly placeOf: ReadonlyMap<LineageNodeId, VisibleId>;
  /** The set each node belongs to, drawn as one or not. */
  readonly setOf: ReadonlyMap<LineageNodeId, AlikeSet>;
}

/** What a person opened. */
export interface Unfolded {
  readonly sets: ReadonlySet<AlikeId>;
  /** Single nodes taken out of their groups. */
  readonly nodes: ReadonlySet<LineageNodeId>;
}

/** The graph as drawn: each node is visible once, alone or in one group. */
export function visibleGraph(graph: LineageGraph, unfolded: Unfolded): VisibleGraph {
  const sets = alikeSets(graph);
  const setOf = new Map(sets.flatMap((set) => set.members.map(({ id }) => [id, set] as const)));
  const groups = new Map(
    sets.flatMap((set) => {
      const group = groupOf(set, unfolded);
      return group === null ? [] : [[set.id, group] as const];
    }),
  );
  const placeOf = new Map<LineageNodeId, VisibleId>(graph.nodes.map(({ id }) => [id, id]));
  for (const { id, members } of groups.values())
    for (const member of members) placeOf.set(member.id, id);
  const shown = new Set<VisibleId>();
  const nodes: VisibleNode[] = [];
  for (const node of graph.nodes) {
    const place = placeOf.get(node.id) ?? node.id;
    if (shown.has(place)) continue;
    shown.add(place);
    const set = setOf.get(node.id);
    nodes.push((place !== node.id && set !== undefined && groups.get(set.id)) || node);
  }
  return { nodes, edges: visibleEdges(graph, placeOf), placeOf, setOf };
}

function groupOf(set: AlikeSet, { sets, nodes }: Unfolded): LineageGroup | null {
  if (sets.has(set.id)) return null;
  const members = set.members.filter(({ id }) => !nodes.has(id));
  // One alone is better shown as itself.
  if (members.length < 2) return null;
  return {
    kind: "group",
    id: set.id,
    set,
    members,
    hasMore: members.some(({ hasMore }) => hasMore),
  };
}

function visibleEdges(
  { edges }: LineageGraph,
  placeOf: ReadonlyMap<LineageNodeId, VisibleId>,
): readonly VisibleEdge[] {
  const found = new Map<string, VisibleEdge>();
  for (const { from: source, to: target, kind } of edges) {
    const from = placeOf.get(source) ?? source;
    const to = placeOf.get(target) ?? target;
    if (from === to) continue;
    const key = `${from} ${to}`;
    found.set(key, { from, to, kind, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}
