// A few numbers as a picture the size of a word; its label says the same in words.
import type { JSX } from "preact";
import { barsOf, pointsOf, SPARK_HEIGHT, SPARK_WIDTH } from "./spark-shape.ts";
import "./sparkline.css";

interface SparklineProps {
  readonly values: readonly number[];
  /** What it shows, such as `Size of the last 5 versions: 1 MB to 2 MB`. */
  readonly label: string;
  /** A line for a measure over time, bars for counts. */
  readonly kind: "line" | "bars";
}

export function Sparkline({ values, label, kind }: SparklineProps): JSX.Element {
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={label}
      width={SPARK_WIDTH}
      height={SPARK_HEIGHT}
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
    >
      <title>{label}</title>
      {kind === "line" ? <Line values={values} /> : <Bars values={values} />}
    </svg>
  );
}

function Line({ values }: { readonly values: readonly number[] }): JSX.Element | null {
  const points = pointsOf(values);
  const last = points.at(-1);
  if (last === undefined) return null;
  return (
    <>
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
      <circle cx={last.x} cy={last.y} r="2.5" />
    </>
  );
}

function Bars({ values }: { readonly values: readonly number[] }): JSX.Element {
  return (
    <>
      {barsOf(values).map(({ x, y, width, height }, i) => (
        <rect
          key={x}
          x={x}
          y={y}
          width={width}
          height={height}
          rx="1"
          class={values[i] === 0 ? "is-empty" : ""}
        />
      ))}
    </>
  );
}
