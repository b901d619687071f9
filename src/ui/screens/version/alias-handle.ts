// Takes an alias by its pill with the pointer, and follows it until it is let go.
import type { Alias } from "../../../core/names.ts";
import { findVersionNumber, type VersionNumber } from "../../../core/version.ts";
import type { AliasDrag } from "../../state/alias-drag.ts";

/** Pixels before a press is a drag: links and menus still get their clicks. */
const SLACK = 5;
/** Near the list's edge it scrolls by itself, once the pointer stays there: on the way in it must not. */
const EDGE = 36;
const STAY_MS = 300;
const SCROLL_STEP = 14;

/** A handler for presses on an alias's pill. */
export function takeByPointer(
  drag: AliasDrag,
  alias: Alias,
  from: VersionNumber,
  onto: (alias: Alias, to: VersionNumber) => void,
): (event: PointerEvent) => void {
  return ({ button, isPrimary, pointerId, clientX, clientY }) => {
    if (button !== 0 || !isPrimary) return;
    const end = new AbortController();
    const options = { signal: end.signal };
    let scroll = 0;
    const isHeld = (): boolean => drag.held.value !== null;
    const finish = (): void => {
      end.abort();
      cancelAnimationFrame(scroll);
    };
    let atEdgeSince: number | null = null;
    const keepScrolling = (now: number): void => {
      const { x, y } = drag.place.value;
      const step = stepNear(x, y);
      atEdgeSince = step === 0 ? null : (atEdgeSince ?? now);
      if (atEdgeSince !== null && now - atEdgeSince > STAY_MS) {
        listElement()?.scrollBy(0, step);
        drag.aim(versionAt(x, y));
      }
      scroll = requestAnimationFrame(keepScrolling);
    };
    const onMove = (event: PointerEvent): void => {
      if (event.pointerId !== pointerId) return;
      const { clientX: x, clientY: y } = event;
      if (!isHeld()) {
        if (Math.hypot(x - clientX, y - clientY) < SLACK) return;
        drag.pickUp({ alias, from, by: "pointer" });
        scroll = requestAnimationFrame(keepScrolling);
      }
      drag.place.value = { x, y };
      drag.aim(versionAt(x, y));
    };
    const onUp = (event: PointerEvent): void => {
      if (event.pointerId !== pointerId) return;
      finish();
      if (!isHeld()) return;
      swallowClick();
      drag.putDown(onto);
    };
    const onCancel = (): void => {
      finish();
      drag.cancel();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !isHeld()) return;
      event.preventDefault();
      event.stopPropagation();
      swallowClick();
      onCancel();
    };
    addEventListener("pointermove", onMove, options);
    addEventListener("pointerup", onUp, options);
    addEventListener("pointercancel", onCancel, options);
    addEventListener("blur", onCancel, options);
    addEventListener("keydown", onKey, { ...options, capture: true });
  };
}

/** The version whose row is at a place of the window. */
function versionAt(x: number, y: number): VersionNumber | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-version]");
  return findVersionNumber(row?.dataset["version"] ?? "") ?? null;
}

function listElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".timeline-list");
}

/** How far a place near the list's upper or lower edge scrolls it. */
function stepNear(x: number, y: number): number {
  const box = listElement()?.getBoundingClientRect();
  if (box === undefined || x < box.left || x > box.right) return 0;
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
