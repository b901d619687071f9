// A press that becomes a drag: followed until it is let go, or given up; the list it is over scrolls near its edges.

/** Pixels before a press is a drag: links and menus still get their clicks. */
const SLACK = 5;
/** Near a list's edge it scrolls by itself, once the pointer stays there: on the way in it must not. */
const EDGE = 36;
const STAY_MS = 300;
const SCROLL_STEP = 14;

/** What is done with what is dragged. */
export interface Hand {
  readonly pickUp: () => void;
  /** The pointer is at this place of the window, or what lies under it scrolled. */
  readonly moveTo: (x: number, y: number) => void;
  readonly putDown: () => void;
  readonly cancel: () => void;
  /** The list that scrolls by itself, if it is shown. */
  readonly findList: () => HTMLElement | null;
}

/** Follows a press from its `pointerdown` on. Escape gives it up. */
export function followPress(
  { button, isPrimary, pointerId, clientX, clientY }: PointerEvent,
  hand: Hand,
): void {
  if (button !== 0 || !isPrimary) return;
  const end = new AbortController();
  const options = { signal: end.signal };
  let isHeld = false;
  let place = { x: clientX, y: clientY };
  let scroll = 0;
  let atEdgeSince: number | null = null;
  const keepScrolling = (now: number): void => {
    const list = hand.findList();
    const step = list === null ? 0 : stepNear(list, place.x, place.y);
    atEdgeSince = step === 0 ? null : (atEdgeSince ?? now);
    if (atEdgeSince !== null && now - atEdgeSince > STAY_MS) {
      list?.scrollBy(0, step);
      hand.moveTo(place.x, place.y);
    }
    scroll = requestAnimationFrame(keepScrolling);
  };
  const finish = (): void => {
    end.abort();
    cancelAnimationFrame(scroll);
    if (isHeld) swallowClick();
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    place = { x: event.clientX, y: event.clientY };
    if (!isHeld) {
      if (Math.hypot(place.x - clientX, place.y - clientY) < SLACK) return;
      isHeld = true;
      hand.pickUp();
      scroll = requestAnimationFrame(keepScrolling);
    }
    hand.moveTo(place.x, place.y);
  };
  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    finish();
    if (isHeld) hand.putDown();
  };
  const onCancel = (): void => {
    finish();
    if (isHeld) hand.cancel();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !isHeld) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  addEventListener("pointermove", onMove, options);
  addEventListener("pointerup", onUp, options);
  addEventListener("pointercancel", onCancel, options);
  addEventListener("blur", onCancel, options);
  addEventListener("keydown", onKey, { ...options, capture: true });
}

/** How far a place near a list's upper or lower edge scrolls it. */
function stepNear(list: HTMLElement, x: number, y: number): number {
  const box = list.getBoundingClientRect();
  if (x < box.left || x > box.right) return 0;
  if (y > box.top - EDGE && y < box.top + EDGE) return -SCROLL_STEP;
  return y > box.bottom - EDGE && y < box.bottom + EDGE ? SCROLL_STEP : 0;
}

/** The press began on a link or button, which must not take the end of a drag for a click. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  // A drag that ends elsewhere makes no click.
  addEventListener("pointerdown", () => removeEventListener("click", swallow, { capture: true }), {
    once: true,
    capture: true,
  });
  addEventListener("keydown", () => removeEventListener("click", swallow, { capture: true }), {
    once: true,
    capture: true,
  });
}
