// Each metric as a small chart over the versions; pointing at one points at all. The table says the same in words.
import { useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { showHidden } from "../../core/errors.ts";
import { bestOf, type Direction, type Metric } from "../../core/metrics.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import { drawPlot } from "./plot.ts";
import { formatMetric } from "./metrics-view.ts";
import { useTheme } from "./use-theme.ts";
import "./metric-charts.css";

/** More would be more to scroll than to see. */
const MAX_CHARTS = 6;

interface MetricChartsProps {
  /** Newest first. */
  readonly numbers: readonly VersionNumber[];
  readonly metrics: readonly Metric[];
  readonly directionOf: (name: string) => Direction;
  readonly current: VersionNumber;
  readonly onOpen: (number: VersionNumber) => void;
}

export function MetricCharts({ metrics, ...props }: MetricChartsProps): JSX.Element {
  /** The place pointed at, oldest version first. */
  const pointed = useSignal<number | null>(null);
  // Settings and counters are worth a column, rarely a chart.
  const measured = metrics.filter(({ name }) => props.directionOf(name) !== "none");
  const drawn = measured.length === 0 ? metrics : measured;
  return (
    <div class="metric-charts-section">
      <div class="metric-charts" tabIndex={0} role="group" aria-label="Charts">
        {drawn.slice(0, MAX_CHARTS).map((metric) => (
          <MetricChart key={metric.name} metric={metric} pointed={pointed} {...props} />
        ))}
      </div>
      {drawn.length > MAX_CHARTS && (
        <p class="muted">The first {MAX_CHARTS} columns are drawn. Choose others above.</p>
      )}
    </div>
  );
}

interface MetricChartProps extends Omit<MetricChartsProps, "metrics"> {
  readonly metric: Metric;
  readonly pointed: Signal<number | null>;
}

function MetricChart(props: MetricChartProps): JSX.Element {
  const { numbers, metric, directionOf, current, pointed, onOpen } = props;
  const { name, values } = metric;
  const direction = directionOf(name);
  const host = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const open = useRef(onOpen);
  open.current = onOpen;
  const data = useMemo(() => {
    const best = bestOf(values, direction);
    return {
      numbers: numbers.toReversed(),
      values: values.map((value) => value ?? null).toReversed(),
      best: values.map((value, i) => (best.has(i) ? (value ?? null) : null)).toReversed(),
      current,
    };
  }, [numbers, values, direction, current]);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const plot = drawPlot(element, data, {
      onPoint: (at) => (pointed.value = at),
      onPick: (at) => {
        const number = data.numbers[at];
        if (number !== undefined) open.current(number);
      },
    });
    const watch = new ResizeObserver(() => plot.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.close();
    };
  }, [data, pointed, theme]);
  const summary = useMemo(() => summaryOf(data.numbers, data.values, data.best), [data]);
  const at = pointed.value;
  const [number, value] = at === null ? [] : [data.numbers[at], data.values[at]];
  return (
    <figure class="card metric-chart">
      <figcaption>
        <strong>{showHidden(name)}</strong>
        <span class="muted">
          {number === undefined ? (
            summary.short
          ) : (
            <>
              {formatVersion(number)}:{" "}
              <span class="metric-value">
                {value === null || value === undefined ? "none" : formatMetric(value)}
              </span>
            </>
          )}
        </span>
      </figcaption>
      <div
        ref={host}
        class="metric-plot"
        role="img"
        aria-label={`${showHidden(name)} over the versions. ${summary.long}`}
      />
    </figure>
  );
}

/** What the chart shows, in words. */
function summaryOf(
  numbers: readonly VersionNumber[],
  values: readonly (number | null)[],
  best: readonly (number | null)[],
): { readonly short: string; readonly long: string } {
  const there = numbers.flatMap((number, i) => {
    const value = values[i];
    if (value === null || value === undefined) return [];
    return [{ number, value, isBest: best[i] !== null }];
  });
  const say = (at: { readonly number: VersionNumber; readonly value: number }): string =>
    `${formatMetric(at.value)} in ${formatVersion(at.number)}`;
  const [first, last] = [there[0], there.at(-1)];
  if (first === undefined || last === undefined) return { short: "", long: "No version has it." };
  const top = there.find(({ isBest }) => isBest);
  const from = `From ${say(first)} to ${say(last)}`;
  return top === undefined
    ? { short: say(last), long: `${from}.` }
    : { short: `best ${say(top)}`, long: `${from}; best ${say(top)}.` };
}
