// How the lines between nodes look.
import type { VisibleEdge } from "../../core/lineage-view.ts";
import type { Point } from "../../protocol/layout-api.ts";
import type { Shape } from "./shape.ts";

/** Room for the arrow's head. */
const HEAD = 7;

/** The line of an edge. Those drawn by hand are dotted. */
export function edgeShape({ kind, count }: VisibleEdge, points: readonly Point[]): Shape {
  const isDerived = kind === "derived";
  const look = `lg-edge${isDerived ? " is-derived" : ""}${count > 1 ? " is-many" : ""}`;
  return {
    tag: "path",
    attributes: {
      class: look,
      d: edgePath(points),
      "marker-end": `url(#lg-head${isDerived ? "-derived" : ""})`,
    },
  };
}

/** Level at both ends, bent between. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let [path, at] = [`M${round(first.x)} ${round(first.y)}`, first];
  rest.forEach((point, i) => {
    const isLast = i === rest.length - 1;
    const end = isLast ? { x: point.x - Math.sign(point.x - at.x) * HEAD, y: point.y } : point;
    const bend = (at.x + end.x) / 2;
    path +=
      at.y === end.y
        ? `H${round(end.x)}`
        : `C${round(bend)} ${round(at.y)} ${round(bend)} ${round(end.y)} ${round(end.x)} ${round(end.y)}`;
    at = end;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
