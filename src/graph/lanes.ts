// Edges over several columns, cut into pieces from column to column, so that they find room between nodes.
import type { LayoutRequest } from "../protocol/layout-api.ts";
import type { Columns } from "./columns.ts";

/** A node, or the place of an edge in a column it passes. */
export interface Item {
  readonly column: number;
  readonly height: number;
  readonly isLane: boolean;
  readonly lastY: number | null;
  /** Its place in the request; a piece of an edge has that of the edge's later end. */
  readonly place: number;
  /** Neighbours in the columns to the left and right. */
  readonly left: number[];
  readonly right: number[];
}

export interface Lanes {
  /** The nodes first, in the order of the request. */
  readonly items: readonly Item[];
  /** The items in each column. */
  readonly columns: readonly (readonly number[])[];
  /** Each edge's items from left to right, its ends among them. */
  readonly ways: readonly (readonly number[])[];
}

/** Room that an edge takes between two nodes. */
const LANE_HEIGHT = 4;
/** So many pieces at most: a graph of very long lines draws some straight across. */
const MAX_LANES = 6000;

/** Makes the items of every column. */
export function makeLanes({ nodes }: LayoutRequest, { columnOf, edges }: Columns): Lanes {
  const items: Item[] = nodes.map(({ height, lastY }, i) =>
    item(columnOf[i] ?? 0, height, false, lastY, i),
  );
  let lanes = 0;
  const ways = edges.map((edge) => {
    if (edge === null) return [];
    const [from, to] = [items[edge.from], items[edge.to]];
    if (from === undefined || to === undefined) return [];
    const way = [edge.from];
    const end = Math.max(edge.from, edge.to);
    const lastY = nodes[end]?.lastY ?? null;
    const span = to.column - from.column;
    if (lanes + span <= MAX_LANES)
      for (let column = from.column + 1; column < to.column; column++, lanes++)
        way.push(items.push(item(column, LANE_HEIGHT, true, lastY, end)) - 1);
    way.push(edge.to);
    for (let i = 1; i < way.length; i++) {
      const [a = 0, b = 0] = [way[i - 1], way[i]];
      items[a]?.right.push(b);
      items[b]?.left.push(a);
    }
    return way;
  });
  const columns: number[][] = [];
  items.forEach(({ column }, i) => (columns[column] ??= []).push(i));
  return { items, columns: Array.from(columns, (column) => column ?? []), ways };
}

function item(
  column: number,
  height: number,
  isLane: boolean,
  lastY: number | null,
  place: number,
): Item {
  return { column, height, isLane, lastY, place, left: [], right: [] };
}
