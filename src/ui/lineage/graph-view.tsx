// The drawing of a lineage graph: moved and scaled as one, and only as much of it as is near the view.
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { VisibleId } from "../../core/lineage-view.ts";
import type { Drawn } from "../state/lineage-drawn.ts";
import type { LineageState } from "../state/lineage-state.ts";
import type { Camera, Rect } from "./camera.ts";
import { ActiveRing, FoundRings, makeDrawing } from "./drawing.tsx";
import { pageMeasure } from "./fit-text.ts";
import { followPointers } from "./gestures.ts";
import { pressKey, unfold } from "./keys.ts";
import { sizeOf } from "./node-size.ts";
import type { IsProvisional } from "./provisional-nodes.ts";
import { cull, isRegionFor, regionAround } from "./region.ts";
import "./graph-shapes.css";
import "./graph-view.css";

/** Smaller than this, text is noise. */
const FAR = 0.4;
/** After the last move the picture is drawn sharply again. */
const SETTLE_MS = 160;
/** Around a small graph, top and bottom together. */
const ROOM = 160;

interface GraphViewProps {
  readonly state: LineageState;
  readonly camera: Camera;
  readonly drawn: Drawn;
  /** The project that needs no mention. */
  readonly project: string;
  readonly isProvisional: IsProvisional;
}

export function GraphView(props: GraphViewProps): JSX.Element {
  const { state, camera, drawn, project, isProvisional } = props;
  const frame = useRef<HTMLDivElement>(null);
  const world = useRef<SVGSVGElement>(null);
  const region = useSignal<Rect>({ x: 0, y: 0, width: 0, height: 0 });
  const id = useId();
  const drawing = useMemo(() => {
    const looks = { focus: drawn.focus, project, measure: pageMeasure(), isProvisional };
    return makeDrawing(drawn, looks, id);
  }, [drawn, project, isProvisional, id]);
  const shown = useMemo(() => cull(drawn, region.value), [drawn, region.value]);
  useCamera(camera, state, drawn, frame, world, region);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    return followPointers(element, camera, (target) => press(target, state));
  }, [camera, state]);
  const active = state.active.value;
  const activeAt = active === null ? undefined : drawn.indexOf.get(active);
  // The keyboard's node exists wherever the view is.
  const nodes =
    activeAt === undefined || shown.nodes.includes(activeAt)
      ? shown.nodes
      : [...shown.nodes, activeAt];
  return (
    <div
      ref={frame}
      class="lg-view"
      style={{
        height: `clamp(20rem, ${Math.ceil(drawn.layout.height) + ROOM}px, 72vh)`,
      }}
      role="application"
      aria-label="Lineage graph"
      aria-describedby={`${id}-keys`}
      {...(activeAt !== undefined && { "aria-activedescendant": `${id}-${activeAt}` })}
      tabIndex={0}
      onKeyDown={(event) => {
        if (pressKey(event, state, camera)) event.preventDefault();
      }}
    >
      <p id={`${id}-keys`} class="visually-hidden">
        Arrow keys move along the lines, Enter tells more, Shift and Enter draws the graph around a
        node, Space opens a group or shows more around a node. Plus, minus and 0 zoom; Shift and
        arrow keys move the view. The list has the same lines.
      </p>
      <svg
        ref={world}
        class="lg-world"
        width={Math.max(1, drawn.layout.width)}
        height={Math.max(1, drawn.layout.height)}
      >
        {drawing.defs}
        <g>{shown.edges.map((i) => drawing.edge(i))}</g>
        <FoundRings state={state} drawn={drawn} />
        <g>{nodes.map((i) => drawing.node(i))}</g>
        <ActiveRing state={state} drawn={drawn} />
      </svg>
    </div>
  );
}

/** Ties the camera to the drawing: moves it, without drawing it anew. */
function useCamera(
  camera: Camera,
  state: LineageState,
  drawn: Drawn,
  frame: { readonly current: HTMLDivElement | null },
  world: { readonly current: SVGSVGElement | null },
  region: { value: Rect; peek(): Rect },
): void {
  const last = useRef<Drawn | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void =>
      camera.resize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(() => {
      measure();
      // A card that opens beside it must not hide what it is about.
      show(camera, last.current, state.active.peek(), false);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [camera, state, frame]);
  useLayoutEffect(() => {
    camera.setContent(drawn.layout);
    keepInPlace(camera, state, last.current, drawn);
    last.current = drawn;
    reveal(camera, state, drawn);
    region.value = regionAround(camera.inView);
  }, [camera, state, drawn, region]);
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useSignalEffect(() => {
    const [{ x, y, scale }, svg, box] = [camera.view.value, world.current, frame.current];
    if (svg === null || box === null) return;
    svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    box.classList.toggle("is-far", scale < FAR);
    // A layer of its own only while it moves: kept, it would stay blurred after a zoom.
    svg.classList.add("is-moving");
    clearTimeout(settle.current);
    settle.current = setTimeout(() => svg.classList.remove("is-moving"), SETTLE_MS);
    if (camera.size.value.width > 0 && !isRegionFor(region.peek(), camera.inView))
      region.value = regionAround(camera.inView);
  });
  useEffect(() => () => clearTimeout(settle.current), []);
  useSignalEffect(() => {
    if (state.toReveal.value !== null) reveal(camera, state, last.current);
  });
}

/** Brings what was gone to into view, once it is drawn. */
function reveal(camera: Camera, state: LineageState, drawn: Drawn | null): void {
  if (show(camera, drawn, state.toReveal.peek(), true)) state.toReveal.value = null;
}

function show(
  camera: Camera,
  drawn: Drawn | null,
  id: VisibleId | null,
  isToRead: boolean,
): boolean {
  const at = id === null ? undefined : drawn?.indexOf.get(id);
  const [node, place] = [drawn?.graph.nodes[at ?? -1], drawn?.layout.nodes[at ?? -1]];
  if (node === undefined || place === undefined) return false;
  const { width, height } = sizeOf(node);
  camera.reveal({ x: place.x - width / 2, y: place.y - height / 2, width, height }, isToRead);
  return true;
}

/** What a person looks at stays where it is when the graph around it changes. */
function keepInPlace(camera: Camera, state: LineageState, before: Drawn | null, now: Drawn): void {
  const placeIn = (drawn: Drawn | null, id: VisibleId | null) =>
    id === null ? undefined : drawn?.layout.nodes[drawn.indexOf.get(id) ?? -1];
  for (const id of [state.active.peek(), now.focus]) {
    const [old, place] = [placeIn(before, id), placeIn(now, id)];
    if (old === undefined || place === undefined) continue;
    const { scale } = camera.view.peek();
    camera.panBy((old.x - place.x) * scale, (old.y - place.y) * scale);
    return;
  }
  camera.open(placeIn(now, now.focus) ?? { x: 0, y: 0 });
}

function press(target: Element, state: LineageState): void {
  const index = target.closest("[data-node]")?.getAttribute("data-node");
  const node = state.drawn.value?.graph.nodes[Number(index ?? -1)];
  if (node === undefined) return;
  state.active.value = node.id;
  if (target.closest("[data-more]") !== null) unfold(state, node);
  else state.isCardOpen.value = true;
}
