// Draws the points, and which moon a network takes each place for.
import type { Point } from "./data.ts";
import type { Net } from "./model.ts";

/** The part of the plane that is shown. */
const VIEW = { left: -1.75, top: 1.75, width: 4.5, height: 3 };
/** Places asked across the width; each is one square. */
const COLUMNS = 90;
const ROWS = Math.round((COLUMNS * VIEW.height) / VIEW.width);

/** A canvas that is drawn anew when its size or the colour scheme changes. */
export class Plot {
  readonly #canvas: HTMLCanvasElement;
  readonly #points: readonly Point[];
  /** The probability of the second moon at each place, row by row; none before the first epoch. */
  #field: readonly number[] = [];

  constructor(canvas: HTMLCanvasElement, points: readonly Point[]) {
    this.#canvas = canvas;
    this.#points = points;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  /** Shows what a network has learned so far, or the points alone. */
  show(net: Net | null): void {
    this.#field = net === null ? [] : fieldOf(net);
    this.#draw();
  }

  #draw(): void {
    const canvas = this.#canvas;
    const context = canvas.getContext("2d");
    if (context === null || canvas.clientWidth === 0) return;
    canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
    canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
    const style = getComputedStyle(canvas);
    const colours = [style.getPropertyValue("--accent"), style.getPropertyValue("--clay")] as const;
    this.#drawField(context, colours);
    this.#drawPoints(context, colours);
  }

  #drawField(context: CanvasRenderingContext2D, colours: readonly [string, string]): void {
    const { width, height } = this.#canvas;
    const edge = (i: number, count: number, size: number): number => Math.round((i * size) / count);
    this.#field.forEach((second, i) => {
      const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS];
      const [x, y] = [edge(column, COLUMNS, width), edge(row, ROWS, height)];
      context.fillStyle = colours[second > 0.5 ? 1 : 0];
      context.globalAlpha = 0.08 + 0.6 * Math.abs(second - 0.5);
      context.fillRect(x, y, edge(column + 1, COLUMNS, width) - x, edge(row + 1, ROWS, height) - y);
    });
    context.globalAlpha = 1;
  }

  /** One moon in dots, the other in rings: colour alone would not do for everyone. */
  #drawPoints(context: CanvasRenderingContext2D, colours: readonly [string, string]): void {
    const { width, height } = this.#canvas;
    const radius = width / 220;
    context.lineWidth = radius * 0.7;
    for (const { x, y, label } of this.#points) {
      const across = ((x - VIEW.left) / VIEW.width) * width;
      const down = ((VIEW.top - y) / VIEW.height) * height;
      context.beginPath();
      context.arc(across, down, radius, 0, 2 * Math.PI);
      context.fillStyle = context.strokeStyle = colours[label];
      if (label === 0) context.fill();
      else context.stroke();
    }
  }
}

function fieldOf(net: Net): readonly number[] {
  return Array.from({ length: ROWS * COLUMNS }, (_, i) =>
    net.predict(
      VIEW.left + ((i % COLUMNS) + 0.5) * (VIEW.width / COLUMNS),
      VIEW.top - (Math.floor(i / COLUMNS) + 0.5) * (VIEW.height / ROWS),
    ),
  );
}
