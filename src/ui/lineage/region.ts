// The part of a graph that exists on the page: what is in view, and enough around it to pan freely.
import type { Drawn } from "../state/lineage-drawn.ts";
import type { Rect } from "./camera.ts";
import { sizeOf } from "./node-size.ts";

/** The view with as much again on each side. */
export function regionAround({ x, y, width, height }: Rect): Rect {
  return { x: x - width, y: y - height, width: 3 * width, height: 3 * height };
}

/** Whether a region still does: the view lies in it, and it is not far too large after a zoom. */
export function isRegionFor(region: Rect, view: Rect): boolean {
  return (
    region.x <= view.x &&
    region.y <= view.y &&
    region.x + region.width >= view.x + view.width &&
    region.y + region.height >= view.y + view.height &&
    region.width * region.height <= 40 * view.width * view.height
  );
}

/** The nodes and edges that reach into a region, by their places. */
export function cull(
  { graph, layout }: Drawn,
  region: Rect,
): { readonly nodes: readonly number[]; readonly edges: readonly number[] } {
  const nodes: number[] = [];
  graph.nodes.forEach((node, i) => {
    const { width, height } = sizeOf(node);
    const at = layout.nodes[i];
    if (at === undefined) return;
    const box = { x: at.x - width / 2, y: at.y - height / 2, width, height };
    if (overlaps(region, box)) nodes.push(i);
  });
  const edges: number[] = [];
  layout.edges.forEach((points, i) => {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
    if (points.length > 0 && overlaps(region, box)) edges.push(i);
  });
  return { nodes, edges };
}

function overlaps(a: Rect, b: Rect): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}
