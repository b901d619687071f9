// Which column each node stands in, so that edges lead to the right.
import type { LayoutRequest } from "../protocol/layout-api.ts";

/** An edge as it is laid out: turned round where it would close a circle. */
interface Forward {
  readonly from: number;
  readonly to: number;
  readonly isTurned: boolean;
}

export interface Columns {
  /** The column of each node; a rank that would be too tall fills several. */
  readonly columnOf: Int32Array;
  readonly rankOf: Int32Array;
  /** In the order of the request; those from a node to itself are left out. */
  readonly edges: readonly (Forward | null)[];
}

/** A rank of more is wrapped into several columns. */
const MOST_IN_COLUMN = 100;
/** So many nodes above each other for each column beside another make about a square. */
const SQUARE = 25;

/** Puts each node right of all its sources, and as near to what follows from it as that allows. */
export function assignColumns({ nodes, edges }: LayoutRequest): Columns {
  const forward = withoutCircles(nodes.length, edges);
  const [next, before] = [links(nodes.length), links(nodes.length)];
  for (const edge of forward) {
    if (edge === null) continue;
    next[edge.from]?.push(edge.to);
    before[edge.to]?.push(edge.from);
  }
  const order = topological(next, before);
  const rankOf = new Int32Array(nodes.length);
  const at = (node: number): number => rankOf[node] ?? 0;
  for (const node of order)
    for (const other of next[node] ?? []) rankOf[other] = Math.max(at(other), at(node) + 1);
  // A source with few sources of its own moves up to what it leads to: shorter lines.
  for (const node of order.toReversed()) {
    const [after = [], sources = []] = [next[node], before[node]];
    if (after.length === 0 || sources.length >= after.length) continue;
    rankOf[node] = after.reduce((least, other) => Math.min(least, at(other)), Infinity) - 1;
  }
  const first = rankOf.reduce((least, rank) => Math.min(least, rank), 0);
  const fromZero = rankOf.map((rank) => rank - first);
  return { columnOf: wrapRanks(fromZero), rankOf: fromZero, edges: forward };
}

/** Deals a tall rank out to several columns, so that each line's end lies near the end of the next. */
function wrapRanks(rankOf: Int32Array): Int32Array {
  const ranks: number[][] = [];
  rankOf.forEach((rank, node) => (ranks[rank] ??= []).push(node));
  const columnOf = new Int32Array(rankOf.length);
  let first = 0;
  for (const rank of Array.from(ranks, (found) => found ?? [])) {
    const { length } = rank;
    const parts = length > MOST_IN_COLUMN ? Math.ceil(Math.sqrt(length / SQUARE)) : 1;
    rank.forEach((node, i) => (columnOf[node] = first + (i % parts)));
    first += parts;
  }
  return columnOf;
}

function links(count: number): number[][] {
  return Array.from({ length: count }, () => []);
}

/** Walks in depth from the sources; an edge back to a node on the way is turned round. */
function withoutCircles(count: number, edges: LayoutRequest["edges"]): (Forward | null)[] {
  const out = links(count);
  const isTarget = new Uint8Array(count);
  edges.forEach(({ from, to }, i) => {
    out[from]?.push(i);
    isTarget[to] = 1;
  });
  const turned = new Uint8Array(edges.length);
  const [NEW, OPEN, DONE] = [0, 1, 2];
  const state = new Uint8Array(count);
  const walk = (start: number): void => {
    if (state[start] !== NEW) return;
    state[start] = OPEN;
    const way = [{ node: start, next: 0 }];
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const edge = out[top.node]?.[top.next++];
      if (edge === undefined) {
        state[top.node] = DONE;
        way.pop();
        continue;
      }
      const to = edges[edge]?.to ?? 0;
      if (state[to] === OPEN) turned[edge] = 1;
      else if (state[to] === NEW) {
        state[to] = OPEN;
        way.push({ node: to, next: 0 });
      }
    }
  };
  const all = Array.from({ length: count }, (_, node) => node);
  for (const node of all) if (isTarget[node] === 0) walk(node);
  for (const node of all) walk(node);
  return edges.map(({ from, to }, i) => {
    if (from === to) return null;
    return turned[i] === 1 ? { from: to, to: from, isTurned: true } : { from, to, isTurned: false };
  });
}

function topological(next: readonly number[][], before: readonly number[][]): readonly number[] {
  const open = before.map(({ length }) => length);
  const order = open.flatMap((count, node) => (count === 0 ? [node] : []));
  for (const node of order)
    for (const other of next[node] ?? []) {
      open[other] = (open[other] ?? 0) - 1;
      if (open[other] === 0) order.push(other);
    }
  return order;
}
