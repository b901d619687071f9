// The nodes and edges of a graph as elements, made once and kept, so that moving about draws nothing anew.
import type { JSX } from "preact";
import type { VisibleId } from "../../core/lineage-view.ts";
import type { LineageNodeId } from "../../core/lineage.ts";
import type { Drawn } from "../state/lineage-drawn.ts";
import type { LineageState } from "../state/lineage-state.ts";
import { edgeShape } from "./edge-shapes.ts";
import type { Measure } from "./fit-text.ts";
import { nodeClass, nodeShapes } from "./node-shapes.ts";
import { sizeOf } from "./node-size.ts";
import { describeNode } from "./node-text.ts";
import type { IsProvisional } from "./provisional-nodes.ts";
import { drawShape, type Shape } from "./shape.ts";

export interface Looks {
  readonly focus: LineageNodeId;
  readonly project: string;
  readonly measure: Measure;
  readonly isProvisional: IsProvisional;
}

interface Drawing {
  readonly defs: JSX.Element;
  readonly node: (index: number) => JSX.Element | null;
  readonly edge: (index: number) => JSX.Element | null;
}

/** The elements of a graph; each is made when it is first in view. */
export function makeDrawing(drawn: Drawn, looks: Looks, id: string): Drawing {
  const nodes = new Map<number, JSX.Element | null>();
  const edges = new Map<number, JSX.Element | null>();
  const counts = { sources: countBy(drawn, "to"), results: countBy(drawn, "from") };
  return {
    defs: <defs>{HEADS.map(drawHead)}</defs>,
    node: (i) => kept(nodes, i, () => nodeElement(drawn, looks, id, i, counts)),
    edge: (i) =>
      kept(edges, i, () => {
        const shape = edgeShapeAt(drawn, i);
        return shape === null ? null : drawShape(shape, i);
      }),
  };
}

/** An edge's line. */
export function edgeShapeAt({ graph, layout }: Drawn, i: number): Shape | null {
  const [edge, points] = [graph.edges[i], layout.edges[i]];
  return edge === undefined || points === undefined ? null : edgeShape(edge, points);
}

/** A node with everything in it, where it stands. */
export function nodeShapeAt({ graph, layout }: Drawn, looks: Looks, i: number): Shape | null {
  const [node, at] = [graph.nodes[i], layout.nodes[i]];
  if (node === undefined || at === undefined) return null;
  const look = { ...looks, isFocus: node.id === looks.focus };
  return {
    tag: "g",
    attributes: { class: nodeClass(node, look), transform: `translate(${at.x} ${at.y})` },
    children: nodeShapes(node, look),
  };
}

interface Counts {
  readonly sources: ReadonlyMap<VisibleId, number>;
  readonly results: ReadonlyMap<VisibleId, number>;
}

/** How many edges have each node at one of their ends. */
function countBy({ graph }: Drawn, end: "from" | "to"): ReadonlyMap<VisibleId, number> {
  const counts = new Map<VisibleId, number>();
  for (const edge of graph.edges) counts.set(edge[end], (counts.get(edge[end]) ?? 0) + 1);
  return counts;
}

function nodeElement(
  drawn: Drawn,
  looks: Looks,
  id: string,
  i: number,
  { sources, results }: Counts,
): JSX.Element | null {
  const [node, shape] = [drawn.graph.nodes[i], nodeShapeAt(drawn, looks, i)];
  if (node === undefined || shape === null) return null;
  const around = {
    sources: sources.get(node.id) ?? 0,
    results: results.get(node.id) ?? 0,
    isProvisional: looks.isProvisional(node),
  };
  return (
    <g
      key={node.id}
      id={`${id}-${i}`}
      data-node={i}
      role="img"
      aria-label={describeNode(node, around)}
      {...shape.attributes}
    >
      {shape.children?.map(drawShape)}
    </g>
  );
}

/** The heads of arrows, by the names that edges use. */
export const HEADS = ["lg-head", "lg-head-derived"] as const;
export const HEAD_PATH = "M0 0L8 4L0 8Z";

function drawHead(name: (typeof HEADS)[number]): JSX.Element {
  return (
    <marker
      key={name}
      id={name}
      class={name}
      markerUnits="userSpaceOnUse"
      markerWidth="8"
      markerHeight="8"
      refX="1"
      refY="4"
      orient="auto"
    >
      <path d={HEAD_PATH} />
    </marker>
  );
}

function kept<T>(known: Map<number, T>, key: number, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

interface RingsProps {
  readonly state: LineageState;
  readonly drawn: Drawn;
}

/** Marks what the keyboard is on. */
export function ActiveRing({ state, drawn }: RingsProps): JSX.Element | null {
  const active = state.active.value;
  return active === null ? null : ring(drawn, active, "lg-ring is-active", 4);
}

/** Marks what was found. */
export function FoundRings({ state, drawn }: RingsProps): JSX.Element {
  const places = [...state.foundPlaces.value];
  return <g>{places.map((id) => ring(drawn, id, "lg-ring is-found", 6))}</g>;
}

function ring(
  { graph, layout, indexOf }: Drawn,
  id: VisibleId,
  look: string,
  gap: number,
): JSX.Element | null {
  const index = indexOf.get(id) ?? -1;
  const [node, at] = [graph.nodes[index], layout.nodes[index]];
  if (node === undefined || at === undefined) return null;
  const { width, height } = sizeOf(node);
  return (
    <rect
      key={id}
      class={look}
      x={at.x - width / 2 - gap}
      y={at.y - height / 2 - gap}
      width={width + 2 * gap}
      height={height + 2 * gap}
      rx={node.kind === "run" ? height / 2 + gap : 10 + gap}
    />
  );
}
