// Which lines of two texts are the same, in bounded time.
import { diffArrays } from "diff";

/** Time for one comparison: the worker answers nothing else meanwhile. */
const MAX_MS = 2_500;
/** The memory it takes grows with the square of this. */
const MAX_EDITS = 6_000;

/** Lines that are the same on both sides, or differ: `before` and `after` are line indexes, `end` excluded. */
export interface LineBlock {
  readonly isSame: boolean;
  readonly before: number;
  readonly beforeEnd: number;
  readonly after: number;
  readonly afterEnd: number;
}

/** The blocks of two texts in order, or `null` where the texts are too different to say in time. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly LineBlock[] | null {
  const pairs = samePairs(before, after);
  if (pairs === null) return null;
  const blocks: LineBlock[] = [];
  let i = 0;
  let j = 0;
  const push = (isSame: boolean, beforeEnd: number, afterEnd: number): void => {
    if (beforeEnd > i || afterEnd > j)
      blocks.push({ isSame, before: i, beforeEnd, after: j, afterEnd });
    i = beforeEnd;
    j = afterEnd;
  };
  for (let at = 0; at < pairs.length;) {
    const [left = 0, right = 0] = pairs[at] ?? [];
    push(false, left, right);
    let length = 1;
    while (pairs[at + length]?.[0] === left + length && pairs[at + length]?.[1] === right + length)
      length++;
    push(true, left + length, right + length);
    at += length;
  }
  push(false, before.length, after.length);
  return blocks;
}

type Pair = readonly [before: number, after: number];

function samePairs(before: readonly string[], after: readonly string[]): readonly Pair[] | null {
  const pairs: Pair[] = [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    pairs.push([start, start]);
    start++;
  }
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const middle = diffMiddle(
    before.slice(start, before.length - tail),
    after.slice(start, after.length - tail),
  );
  if (middle === null) return null;
  for (const [i, j] of middle) pairs.push([start + i, start + j]);
  for (let at = tail; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

/** Lines that only one side has can't be the same as any: without them there is much less to search. */
function diffMiddle(before: readonly string[], after: readonly string[]): readonly Pair[] | null {
  const old = new Set(before);
  const inBoth = new Set(after.filter((line) => old.has(line)));
  const ids = new Map([...inBoth].map((line, id) => [line, id]));
  const left = known(before, ids);
  const right = known(after, ids);
  const changes = diffArrays(left.ids, right.ids, { timeout: MAX_MS, maxEditLength: MAX_EDITS });
  if (changes === undefined) return null;
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  for (const { added, removed, value } of changes) {
    if (!added && !removed)
      for (let at = 0; at < value.length; at++)
        pairs.push([left.rows[i + at] ?? 0, right.rows[j + at] ?? 0]);
    if (!added) i += value.length;
    if (!removed) j += value.length;
  }
  return pairs;
}

function known(
  lines: readonly string[],
  ids: ReadonlyMap<string, number>,
): { readonly ids: number[]; readonly rows: readonly number[] } {
  const found: number[] = [];
  const rows: number[] = [];
  lines.forEach((line, row) => {
    const id = ids.get(line);
    if (id === undefined) return;
    found.push(id);
    rows.push(row);
  });
  return { ids: found, rows };
}
