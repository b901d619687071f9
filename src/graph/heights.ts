// How high each item stands: near its neighbours, in its column's order, with room between.
import type { Item } from "./lanes.ts";

const NODE_GAP = 18;
const LANE_GAP = 10;
/** Between two lines side by side. */
const LINE_GAP = 6;
const ROUNDS = 8;
/** Long lines are kept straight: their pieces pull harder than nodes do. */
const LANE_PULL = 6;

/** The middle of each item; the topmost edge is at 0. */
export function placeHeights(
  columns: readonly (readonly number[])[],
  items: readonly Item[],
): Float64Array {
  const y = new Float64Array(items.length);
  for (const column of columns) settle(column, items, y, () => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const column of columns) settle(column, items, y, ({ left }) => left);
    for (const column of columns.toReversed()) settle(column, items, y, ({ right }) => right);
  }
  for (const column of columns) settle(column, items, y, ({ left, right }) => [...left, ...right]);
  const top = items.reduce(
    (least, { height }, i) => Math.min(least, (y[i] ?? 0) - height / 2),
    Infinity,
  );
  return y.map((value) => value - (items.length === 0 ? 0 : top));
}

interface Block {
  value: number;
  weight: number;
  count: number;
}

/**
 * Moves a column's items as near to the mean of their neighbours as their order and gaps allow: with
 * the gaps taken out that is a monotone least squares fit, solved by pooling neighbours that clash.
 */
function settle(
  column: readonly number[],
  items: readonly Item[],
  y: Float64Array,
  pulledBy: (item: Item) => readonly number[],
): void {
  const offsets: number[] = [];
  const blocks: Block[] = [];
  let last: Item | undefined;
  for (const i of column) {
    const item = items[i];
    if (item === undefined) continue;
    const offset: number = last === undefined ? 0 : (offsets.at(-1) ?? 0) + distance(last, item);
    offsets.push(offset);
    last = item;
    const [wanted, weight] = pull(item, pulledBy(item), items, y, y[i] ?? 0);
    let block = { value: wanted - offset, weight, count: 1 };
    for (
      let above = blocks.at(-1);
      above !== undefined && above.value > block.value;
      above = blocks.at(-1)
    ) {
      blocks.pop();
      const sum = above.weight + block.weight;
      block = {
        value: (above.value * above.weight + block.value * block.weight) / sum,
        weight: sum,
        count: above.count + block.count,
      };
    }
    blocks.push(block);
  }
  let at = 0;
  for (const { value, count } of blocks)
    for (let n = 0; n < count; n++, at++) y[column[at] ?? 0] = value + (offsets[at] ?? 0);
}

/** Where an item is drawn to, and how strongly. One without neighbours stays, as far as it may. */
function pull(
  item: Item,
  others: readonly number[],
  items: readonly Item[],
  y: Float64Array,
  now: number,
): readonly [wanted: number, weight: number] {
  if (others.length === 0) return [now, 0.1];
  let [sum, total] = [0, 0];
  for (const other of others) {
    const weight = item.isLane && items[other]?.isLane === true ? LANE_PULL : 1;
    sum += weight * (y[other] ?? 0);
    total += weight;
  }
  return [sum / total, item.isLane ? total : 1 + Math.log2(others.length)];
}

function distance(above: Item, below: Item): number {
  const gap =
    above.isLane && below.isLane ? LINE_GAP : above.isLane || below.isLane ? LANE_GAP : NODE_GAP;
  return (above.height + below.height) / 2 + gap;
}
