// Which way the metrics of an artifact get better, where a person said so; kept in this browser.
import { guessDirection, type Direction } from "../../core/metrics.ts";

const NEXT: Readonly<Record<Direction, Direction>> = {
  lower: "higher",
  higher: "none",
  none: "lower",
};

type Directions = Readonly<Record<string, Direction>>;

/** What was said about an artifact's metrics, `project/name`. */
export function readDirections(artifact: string): Directions {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(keyOf(artifact)) ?? "{}");
    if (typeof known !== "object" || known === null) return {};
    return Object.fromEntries(Object.entries(known).filter(isDirection));
  } catch {
    // Without storage, or with something else in it, the guesses stand.
    return {};
  }
}

/** Keeps what was said, where the browser lets us. */
export function keepDirections(artifact: string, directions: Directions): void {
  try {
    localStorage.setItem(keyOf(artifact), JSON.stringify(directions));
  } catch {
    // It holds until the page is left.
  }
}

/** Which way a metric gets better: as said, or as guessed. */
export function directionOf(directions: Directions, name: string): Direction {
  return (Object.hasOwn(directions, name) ? directions[name] : undefined) ?? guessDirection(name);
}

/** What a press on the toggle makes of it. */
export function nextDirection(direction: Direction): Direction {
  return NEXT[direction];
}

function isDirection(entry: [string, unknown]): entry is [string, Direction] {
  return typeof entry[1] === "string" && Object.hasOwn(NEXT, entry[1]);
}

function keyOf(artifact: string): string {
  return `cairn-metrics:${artifact}`;
}
