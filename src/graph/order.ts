// The order of each column from top to bottom, with few crossings: barycentres, swept to and fro.
import type { Item, Lanes } from "./lanes.ts";

const SWEEPS = 10;

/** The items of each column, top first. Nodes that were shown before keep their order at the start. */
export function orderColumns({ items, columns }: Lanes): readonly (readonly number[])[] {
  let current = columns.map((column) => startOrder(column, items));
  let best = current;
  let fewest = crossings(current, items);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const toRight = sweep % 2 === 0;
    current = swept(current, items, toRight);
    const count = crossings(current, items);
    if (count < fewest) {
      best = current;
      fewest = count;
    }
  }
  return best;
}

function startOrder(column: readonly number[], items: readonly Item[]): number[] {
  const known = column.filter((i) => items[i]?.lastY !== null);
  known.sort((a, b) => (items[a]?.lastY ?? 0) - (items[b]?.lastY ?? 0));
  const others = column.filter((i) => items[i]?.lastY === null);
  others.sort((a, b) => (items[a]?.place ?? 0) - (items[b]?.place ?? 0));
  return [...known, ...others];
}

function swept(
  columns: readonly (readonly number[])[],
  items: readonly Item[],
  toRight: boolean,
): number[][] {
  const places = new Float64Array(items.length);
  const result = columns.map((column) => [...column]);
  const note = (column: readonly number[]): void =>
    column.forEach((i, place) => (places[i] = (place + 0.5) / column.length));
  result.forEach(note);
  const indexes = result.map((_, i) => i);
  for (const at of toRight ? indexes : indexes.toReversed()) {
    const column = result[at] ?? [];
    const weights = new Map(
      column.map((i) => {
        const around = (toRight ? items[i]?.left : items[i]?.right) ?? [];
        if (around.length === 0) return [i, places[i] ?? 0];
        return [i, around.reduce((sum, other) => sum + (places[other] ?? 0), 0) / around.length];
      }),
    );
    column.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
    note(column);
  }
  return result;
}

/** How many pairs of pieces cross, counted column by column with a Fenwick tree. */
function crossings(columns: readonly (readonly number[])[], items: readonly Item[]): number {
  const places = new Int32Array(items.length);
  for (const column of columns) column.forEach((i, place) => (places[i] = place));
  let total = 0;
  columns.forEach((column, at) => {
    const room = (columns[at + 1]?.length ?? 0) + 1;
    const tree = new Int32Array(room + 1);
    let seen = 0;
    for (const i of column) {
      const ends = (items[i]?.right ?? [])
        .filter((other) => items[other]?.column === at + 1)
        .map((other) => places[other] ?? 0);
      for (const end of ends) total += seen - upTo(tree, end);
      for (const end of ends) add(tree, end);
      seen += ends.length;
    }
  });
  return total;
}

function add(tree: Int32Array, place: number): void {
  for (let i = place + 1; i < tree.length; i += i & -i) tree[i] = (tree[i] ?? 0) + 1;
}

function upTo(tree: Int32Array, place: number): number {
  let sum = 0;
  for (let i = place + 1; i > 0; i -= i & -i) sum += tree[i] ?? 0;
  return sum;
}
