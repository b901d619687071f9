// Which part of a graph is in view, and how large.
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import type { Point } from "../../protocol/layout-api.ts";
import type { Size } from "./node-size.ts";

/** Where the graph's origin is on screen, and the scale. */
export interface View extends Point {
  readonly scale: number;
}

export interface Rect extends Point, Size {}

const MIN_SCALE = 0.02;
const MAX_SCALE = 2.5;
/** Below this a fitted graph can't be read: the focus is shown instead. Five columns fit a tablet. */
const READABLE = 0.54;
/** How large a graph that can't be fitted is at first. */
const OPENED = 0.7;
/** What is gone to is shown at least so large. */
const COMFORTABLE = 0.8;
const MARGIN = 28;

export class Camera {
  readonly #view = signal<View>({ x: 0, y: 0, scale: 1 });
  readonly #size = signal<Size>({ width: 0, height: 0 });
  #content: Size = { width: 0, height: 0 };

  get view(): ReadonlySignal<View> {
    return this.#view;
  }

  get size(): ReadonlySignal<Size> {
    return this.#size;
  }

  resize(size: Size): void {
    this.#size.value = size;
  }

  setContent(content: Size): void {
    this.#content = content;
  }

  /** The part of the graph in view. */
  get inView(): Rect {
    const { x, y, scale } = this.#view.value;
    const { width, height } = this.#size.value;
    return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale };
  }

  /** Moves what is shown by pixels; part of the graph always stays in view. Answers whether it moved. */
  panBy(dx: number, dy: number): boolean {
    const before = this.#view.value;
    this.#set({ ...before, x: before.x + dx, y: before.y + dy });
    const after = this.#view.value;
    return before.x !== after.x || before.y !== after.y;
  }

  /** As {@link Camera.panBy}, but no further than the graph goes: past its end the page may scroll. */
  scrollBy(dx: number, dy: number): boolean {
    const { x, y, scale } = this.#view.value;
    const { width, height } = this.#size.value;
    const stepX = within(x, dx, width, this.#content.width * scale);
    const stepY = within(y, dy, height, this.#content.height * scale);
    return (stepX !== 0 || stepY !== 0) && this.panBy(stepX, stepY);
  }

  /** Makes it larger or smaller around a point of the screen. */
  zoomAt(factor: number, at: Point = this.#middle()): void {
    const { x, y, scale } = this.#view.value;
    const next = Math.min(MAX_SCALE, Math.max(this.#leastScale(), scale * factor));
    const ratio = next / scale;
    this.#set({ x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio, scale: next });
  }

  /** Shows the whole graph, never larger than its natural size. */
  fit(): void {
    const scale = Math.min(1, this.#fittingScale());
    const { width, height } = this.#size.value;
    this.#set({
      x: (width - this.#content.width * scale) / 2,
      y: (height - this.#content.height * scale) / 2,
      scale,
    });
  }

  /** The first look: all of it if that can be read, or as much around the focus as there is room for. */
  open(focus: Point): void {
    if (this.#fittingScale() >= READABLE) return this.fit();
    const { width, height } = this.#size.value;
    this.#set({
      x: filled(width / 2 - focus.x * OPENED, width, this.#content.width * OPENED),
      y: filled(height / 2 - focus.y * OPENED, height, this.#content.height * OPENED),
      scale: OPENED,
    });
  }

  /** Brings a point to the middle. */
  center(point: Point, scale = this.#view.value.scale): void {
    const middle = this.#middle();
    this.#set({ x: middle.x - point.x * scale, y: middle.y - point.y * scale, scale });
  }

  /** Brings a part of the graph into view, moving no more than needed; large enough to be read if asked. */
  reveal({ x, y, width, height }: Rect, isToRead: boolean): void {
    if (isToRead && this.#view.value.scale < READABLE)
      return this.center({ x: x + width / 2, y: y + height / 2 }, COMFORTABLE);
    const { x: left, y: top, scale } = this.#view.value;
    const size = this.#size.value;
    this.panBy(
      intoView(left + x * scale, width * scale, size.width),
      intoView(top + y * scale, height * scale, size.height),
    );
  }

  #middle(): Point {
    const { width, height } = this.#size.value;
    return { x: width / 2, y: height / 2 };
  }

  #fittingScale(): number {
    const { width, height } = this.#size.value;
    const room = (whole: number, part: number): number => Math.max(1, whole - 2 * MARGIN) / part;
    return Math.max(
      MIN_SCALE,
      Math.min(room(width, this.#content.width || 1), room(height, this.#content.height || 1)),
    );
  }

  #leastScale(): number {
    return Math.min(0.25, this.#fittingScale());
  }

  #set({ x, y, scale }: View): void {
    const { width, height } = this.#size.value;
    batch(() => {
      this.#view.value = {
        x: kept(x, width, this.#content.width * scale),
        y: kept(y, height, this.#content.height * scale),
        scale,
      };
    });
  }
}

/** At least a corner of the content stays in view. */
function kept(at: number, view: number, content: number): number {
  const least = Math.min(120, view / 2);
  return Math.min(view - least, Math.max(least - content, at));
}

/** The place nearest to `at` that leaves no room empty at one end while the other is cut off. */
function filled(at: number, view: number, content: number): number {
  const room = view - content;
  if (room >= 2 * MARGIN) return room / 2;
  return Math.min(MARGIN, Math.max(room - MARGIN, at));
}

/** How much of a step stays between the content's ends. */
function within(at: number, step: number, view: number, content: number): number {
  const [lowest, highest] = [
    Math.min(MARGIN, view - content - MARGIN),
    Math.max(MARGIN, view - content - MARGIN),
  ];
  if (content + 2 * MARGIN <= view && at >= 0 && at + content <= view) return 0;
  const goal = at + step;
  return step < 0
    ? Math.min(0, Math.max(goal, lowest) - at)
    : Math.max(0, Math.min(goal, highest) - at);
}

function intoView(at: number, extent: number, view: number): number {
  const margin = Math.min(MARGIN, Math.max(0, (view - extent) / 2));
  if (at < margin) return margin - at;
  return at + extent > view - margin ? view - margin - at - extent : 0;
}
