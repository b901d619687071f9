// The keyboard goes back to a button whose place a form took.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface FocusBack {
  /** Of what holds the button. */
  readonly place: RefObject<HTMLSpanElement | null>;
  /** Brings the keyboard to the button now. */
  readonly focus: () => void;
}

/** Brings the keyboard to the button when it comes back; `isAway` while the form is there. */
export function useFocusBack(isAway: boolean): FocusBack {
  const place = useRef<HTMLSpanElement>(null);
  const wasAway = useRef(false);
  const focus = (): void => place.current?.querySelector("button")?.focus();
  useLayoutEffect(() => {
    if (wasAway.current && !isAway) focus();
    wasAway.current = isAway;
  }, [isAway]);
  return { place, focus };
}
