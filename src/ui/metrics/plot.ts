// Draws one metric over the versions with uPlot, in the colours of the page.
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface PlotData {
  /** Version numbers, lowest first. */
  readonly numbers: readonly number[];
  readonly values: readonly (number | null)[];
  /** The same, but only where they are best. */
  readonly best: readonly (number | null)[];
  /** The version whose page it is. */
  readonly current: number;
}

export interface PlotEvents {
  /** The place pointed at, in any plot of the page. */
  readonly onPoint: (at: number | null) => void;
  readonly onPick: (at: number) => void;
}

export interface Plot {
  resize(): void;
  close(): void;
}

const HEIGHT = 132;
/** With more versions, points would run into each other. */
const POINTS = 80;

/** Draws into an element until it is closed. Its colours are those of the moment. */
export function drawPlot(host: HTMLElement, data: PlotData, events: PlotEvents): Plot {
  const style = getComputedStyle(host);
  const colour = (token: string): string => style.getPropertyValue(token).trim();
  const [line, muted, accent, clay] = [
    colour("--line"),
    colour("--text-muted"),
    colour("--accent"),
    colour("--clay"),
  ];
  const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const font = `11px ${style.fontFamily}`;
  const plot = new UPlot(
    {
      width: Math.max(120, host.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        sync: { key: "cairn-metrics", setSeries: false },
        points: { size: 7, fill: accent, stroke: accent },
      },
      scales: { x: { time: false, range: (_, min, max) => widened(min, max) } },
      axes: [
        {
          ...axis,
          font,
          size: 22,
          gap: 4,
          grid: { show: false },
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000],
          values: (_, splits) => splits.map((at) => `v${at}`),
        },
        { ...axis, font, size: 48, gap: 4, space: 32, values: (_, splits) => splits.map(short) },
      ],
      series: [
        {},
        {
          stroke: accent,
          width: 1.75,
          spanGaps: true,
          points: { show: data.numbers.length <= POINTS, size: 5, fill: accent, stroke: accent },
        },
        { stroke: clay, width: 0, points: { show: true, size: 9, fill: clay, stroke: clay } },
      ],
      hooks: {
        setCursor: [(self) => events.onPoint(self.cursor.idx ?? null)],
        drawClear: [(self) => markCurrent(self, data.current, colour("--line-strong"))],
      },
    },
    [[...data.numbers], [...data.values], [...data.best]],
    host,
  );
  plot.over.addEventListener("click", () => {
    const { idx } = plot.cursor;
    if (idx !== null && idx !== undefined) events.onPick(idx);
  });
  return {
    resize: () => plot.setSize({ width: Math.max(120, host.clientWidth), height: HEIGHT }),
    close: () => plot.destroy(),
  };
}

/** Half a version of room on either side, so that no point is cut. */
function widened(min: number, max: number): [number, number] {
  const room = Math.max(0.5, (max - min) * 0.02);
  return [min - room, max + room];
}

function markCurrent(plot: UPlot, current: number, colour: string): void {
  const x = Math.round(plot.valToPos(current, "x", true));
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(
    value,
  );
}
