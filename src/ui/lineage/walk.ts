// Where an arrow key leads from a node: along its lines, or up and down its rank.
import type { VisibleId } from "../../core/lineage-view.ts";
import type { Drawn } from "../state/lineage-drawn.ts";

/** The node that a key leads to, or `null` where there is none. */
export function walk(drawn: Drawn, from: VisibleId, key: string): VisibleId | null {
  const { graph, layout, indexOf } = drawn;
  const at = indexOf.get(from);
  const here = at === undefined ? undefined : layout.nodes[at];
  if (here === undefined) return null;
  const place = (id: VisibleId) => layout.nodes[indexOf.get(id) ?? -1];
  const nearest = (ids: readonly VisibleId[]): VisibleId | null => {
    const distance = (id: VisibleId): number => Math.abs((place(id)?.y ?? Infinity) - here.y);
    return ids.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
  };
  switch (key) {
    case "ArrowLeft":
      return nearest(graph.edges.filter(({ to }) => to === from).map((edge) => edge.from));
    case "ArrowRight":
      return nearest(graph.edges.filter((edge) => edge.from === from).map(({ to }) => to));
    case "ArrowUp":
    case "ArrowDown": {
      // From one column of a wrapped rank into the next.
      const mates = layout.nodes
        .flatMap((other, i) => (other.rank === here.rank ? [{ ...other, i }] : []))
        .toSorted((a, b) => a.x - b.x || a.y - b.y);
      const next = mates.findIndex(({ i }) => i === at) + (key === "ArrowUp" ? -1 : 1);
      return graph.nodes[mates[next]?.i ?? -1]?.id ?? null;
    }
    default:
      return null;
  }
}
