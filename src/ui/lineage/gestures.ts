// Mouse, pen, fingers and wheel over a graph.
import type { Point } from "../../protocol/layout-api.ts";
import type { Camera } from "./camera.ts";

/** Pixels a pointer may stray in a press. */
const STRAY = 4;
/** A wheel that counts in lines or pages. */
const LINE = 32;

/** Follows pointers over an element; `onPress` is told of presses that were no drag. Returns the way to stop. */
export function followPointers(
  element: HTMLElement,
  camera: Camera,
  onPress: (target: Element) => void,
): () => void {
  const pointers = new Map<number, Point>();
  let [isDrag, isPinch] = [false, false];
  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    if (pointers.size === 0) [isDrag, isPinch] = [false, false];
    pointers.set(event.pointerId, at(event));
    if (pointers.size > 1) isPinch = true;
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = at(event);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    if (!isDrag && !isPinch && Math.hypot(dx, dy) < STRAY) return;
    // Not before it is a drag: a captured press would never reach what it is on.
    if (!isDrag) element.setPointerCapture(event.pointerId);
    isDrag = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) camera.panBy(dx, dy);
    else pinch(camera, other, before, now);
  };
  const up = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId);
    if (wasDown && !isDrag && !isPinch && event.type === "pointerup" && event.button === 0)
      if (event.target instanceof Element) onPress(event.target);
  };
  const wheel = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      camera.zoomAt(Math.exp(-Math.max(-60, Math.min(60, dy)) / 100), at(event));
      event.preventDefault();
    } else if (event.shiftKey && dx === 0 ? camera.scrollBy(-dy, 0) : camera.scrollBy(-dx, -dy))
      event.preventDefault();
  };
  const stop = new AbortController();
  const options = { signal: stop.signal };
  element.addEventListener("pointerdown", down, options);
  element.addEventListener("pointermove", move, options);
  element.addEventListener("pointerup", up, options);
  element.addEventListener("pointercancel", up, options);
  element.addEventListener("wheel", wheel, { ...options, passive: false });
  return () => stop.abort();
}

/** Two fingers: what is under them stays under them. */
function pinch(camera: Camera, still: Point, before: Point, now: Point): void {
  const [was, is] = [distance(still, before), distance(still, now)];
  camera.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
  if (was > 0) camera.zoomAt(is / was, { x: (still.x + now.x) / 2, y: (still.y + now.y) / 2 });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
