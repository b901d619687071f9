// Which column each node stands in, so that edges lead to the right.
import type { LayoutRequest } from "../protocol/layout-api.ts";

/** An edge as it is laid out: turned round where it would close a circle. */
interface Forward {
  readonly from: number;
  readonly to: number;
  readonly isTurned: boolean;
}

export interface Columns {
  readonly columnOf: Int32Array;
  /** In the order of the request; those from a node to itself are left out. */
  readonly edges: readonly (Forward | null)[];
}

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
  const columnOf = new Int32Array(nodes.length);
  const at = (node: number): number => columnOf[node] ?? 0;
  for (const node of order)
    for (const other of next[node] ?? []) columnOf[other] = Math.max(at(other), at(node) + 1);
  // A source with few sources of its own moves up to what it leads to: shorter lines.
  for (const node of order.toReversed()) {
    const [after = [], sources = []] = [next[node], before[node]];
    if (after.length === 0 || sources.length >= after.length) continue;
    columnOf[node] = Math.min(...after.map(at)) - 1;
  }
  return { columnOf, edges: forward };
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
