// The two moons: points on two half circles that reach into each other.
import { gaussian, seeded, type Random } from "./random.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
  /** The moon it belongs to. */
  readonly label: 0 | 1;
}

export interface MoonsOptions {
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

/** Draws points from both moons in turn. */
export function makeMoons({ count, noise, seed }: MoonsOptions): readonly Point[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i): Point => {
    const label = i % 2 === 0 ? 0 : 1;
    const angle = Math.PI * random();
    const x = label === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
    const y = label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
    return { x: x + noise * gaussian(random), y: y + noise * gaussian(random), label };
  });
}

/** The points as CSV, with a line of headings. */
export function toCsv(points: readonly Point[]): string {
  const lines = points.map(({ x, y, label }) => `${x.toFixed(5)},${y.toFixed(5)},${label}`);
  return `x,y,label\n${lines.join("\n")}\n`;
}

/** The inverse of {@link toCsv}. */
export function fromCsv(csv: string): readonly Point[] {
  return csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Point => {
      const [x = 0, y = 0, label] = line.split(",").map(Number);
      return { x, y, label: label === 1 ? 1 : 0 };
    });
}

/** Draws points with replacement. */
export function draw(points: readonly Point[], count: number, random: Random): readonly Point[] {
  const at = Array.from({ length: count }, () => Math.floor(random() * points.length));
  return at.flatMap((i) => points.slice(i, i + 1));
}
