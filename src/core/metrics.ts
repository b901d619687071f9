// Numbers in the metadata of versions, side by side: which there are, and which is best.
import { isJsonObject, type JsonObject } from "./json.ts";

/** Which way a metric gets better; `none` for settings and counters, which have no best. */
export type Direction = "lower" | "higher" | "none";

/** A number of the metadata over many versions. */
export interface Metric {
  /** The keys on the way to it, between dots. */
  readonly name: string;
  /** In the order of the versions given; `undefined` where one doesn't have it. */
  readonly values: readonly (number | undefined)[];
  /** How many versions have it. */
  readonly count: number;
}

/** Deeper values are left out: their names would say little. */
const MAX_DEPTH = 6;
/** More metrics than that are left out; those that few versions have go first. */
const MAX_METRICS = 300;

/** What is lost or wrong, whatever else the name says: a loss at an epoch is a loss. */
const WRONG =
  /loss|\berr(or)?s?\b|perplexity|\bppl\b|latency|\bn?r?m[as]p?e\b|\bnll\b|\b[wcpt]er\b|\bfid\b|\bbp[bc]\b|divergence|distance|regret|\bfalse\b/;
const SETTING =
  /\b(epochs?|steps?|iterations?|seed|lr|rate|batch|rank|alpha|beta\d?|decay|dropout|momentum|temperature|num|n|layers|heads|hidden|dim|width|depth|warmup|port|year|version|timestamp)\b/;
const COST =
  /\b(time|duration|runtime|seconds|secs?|ms|cost|bytes|mb|gb|memory|size|params|parameters|flops)\b/;

/**
 * The numbers in the metadata of versions, nested ones too, those that most versions have first.
 * Text, true and false are no numbers, nor is what stands in a list.
 */
export function metricsOf(
  versions: readonly { readonly metadata: JsonObject }[],
): readonly Metric[] {
  const found = new Map<string, (number | undefined)[]>();
  const counts = new Map<string, number>();
  versions.forEach(({ metadata }, i) => {
    for (const [name, value] of numbersIn(metadata, "", 1)) {
      const values = found.get(name) ?? Array.from(versions, () => undefined);
      // Of two ways to spell one name, the first counts.
      if (values[i] !== undefined) continue;
      values[i] = value;
      found.set(name, values);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  });
  return [...found]
    .map(([name, values]) => ({ name, values, count: counts.get(name) ?? 0 }))
    .toSorted((a, b) => b.count - a.count || compare(rankOf(a.name), rankOf(b.name)))
    .slice(0, MAX_METRICS);
}

/** Which way a metric gets better, as far as its name tells. */
export function guessDirection(name: string): Direction {
  const words = wordsIn(name);
  if (WRONG.test(words)) return "lower";
  if (SETTING.test(words)) return "none";
  return COST.test(words) ? "lower" : "higher";
}

/** The places of the best value; none where there is no best, or where all are alike. */
export function bestOf(
  values: readonly (number | undefined)[],
  direction: Direction,
): ReadonlySet<number> {
  if (direction === "none") return new Set();
  let best: number | undefined;
  let isOneOfMany = false;
  for (const value of values) {
    if (value === undefined) continue;
    if (best !== undefined && value !== best) isOneOfMany = true;
    if (best === undefined || (direction === "lower" ? value < best : value > best)) best = value;
  }
  if (!isOneOfMany) return new Set();
  return new Set(values.flatMap((value, i) => (value === best ? [i] : [])));
}

/** The order of places by their value, those without one last either way. */
export function sortedBy(
  values: readonly (number | undefined)[],
  isDescending: boolean,
): readonly number[] {
  const sign = isDescending ? -1 : 1;
  return values
    .map((_, i) => i)
    .toSorted((a, b) => {
      const [x, y] = [values[a], values[b]];
      if (x === undefined || y === undefined)
        return Number(x === undefined) - Number(y === undefined);
      return sign * (x - y);
    });
}

function* numbersIn(
  object: JsonObject,
  prefix: string,
  depth: number,
): Generator<readonly [name: string, value: number]> {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof value === "number") {
      if (Number.isFinite(value)) yield [name, value];
    } else if (depth < MAX_DEPTH && isJsonObject(value)) yield* numbersIn(value, name, depth + 1);
  }
}

/** What is measured comes before what was set. */
function rankOf(name: string): string {
  return `${guessDirection(name) === "none" ? 1 : 0} ${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `trainLoss_1` → `train loss 1`. */
function wordsIn(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[^A-Za-z\d]+/g, " ")
    .toLowerCase();
}
