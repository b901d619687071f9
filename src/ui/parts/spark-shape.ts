// Where the points and bars of a sparkline stand. Pixels, rounded to tenths.

export const SPARK_WIDTH = 96;
export const SPARK_HEIGHT = 24;

/** Room for the dot at the end, and for half a line. */
const PAD = 3;
const GAP = 2;
/** A bar for nothing still marks its place. */
const LEAST = 1;

/** The points of a line from the lowest value to the highest; equal values lie in the middle. */
export function pointsOf(
  values: readonly number[],
): readonly { readonly x: number; readonly y: number }[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const step = (SPARK_WIDTH - 2 * PAD) / Math.max(1, values.length - 1);
  return values.map((value, i) => {
    const share = range === 0 ? 0.5 : (value - low) / range;
    const x = values.length === 1 ? SPARK_WIDTH - PAD : PAD + i * step;
    return { x: round(x), y: round(SPARK_HEIGHT - PAD - share * (SPARK_HEIGHT - 2 * PAD)) };
  });
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bars from zero to the highest value. */
export function barsOf(values: readonly number[]): readonly Bar[] {
  const most = Math.max(1, ...values);
  const step = (SPARK_WIDTH + GAP) / Math.max(1, values.length);
  return values.map((value, i) => {
    const height = round(Math.max(LEAST, (value / most) * SPARK_HEIGHT));
    return {
      x: round(i * step),
      y: round(SPARK_HEIGHT - height),
      width: round(step - GAP),
      height,
    };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
