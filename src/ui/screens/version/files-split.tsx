// The tree, and beside it the pane of the file that is open; on a narrow page the pane alone.
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import "./files-split.css";

const KEY = "cairn-tree-share";
const USUAL = 38;
const LEAST = 20;
const MOST = 70;
const STEP = 2;
/** Share of the width that the tree has, in percent. */
const share = signal(readShare());

interface FilesSplitProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly pane: ComponentChildren;
  /** The tree. */
  readonly children: ComponentChildren;
}

export function FilesSplit({ isOpen, onClose, pane, children }: FilesSplitProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    // What had the keyboard is gone with the pane.
    if (wasOpen.current && !isOpen)
      root.current?.querySelector<HTMLElement>("[role=treegrid]")?.focus({ preventScroll: true });
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <div
      ref={root}
      class={`files-split${isOpen ? " is-open" : ""}`}
      style={{ "--tree-share": `${share.value}%` }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen || event.defaultPrevented) return;
        // There it empties the field first.
        if (event.target instanceof HTMLInputElement && event.target.value !== "") return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
      {isOpen && <Divider />}
      {isOpen && pane}
    </div>
  );
}

function Divider(): JSX.Element {
  const set = (to: number): void => {
    share.value = within(to);
  };
  return (
    <div
      class="files-divider"
      role="separator"
      aria-label="Width of the list of files"
      aria-orientation="vertical"
      aria-valuenow={share.value}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onKeyDown={(event) => {
        const to = {
          ArrowLeft: share.value - STEP,
          ArrowRight: share.value + STEP,
          Home: LEAST,
          End: MOST,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        set(to);
        keepShare();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        // No text is selected on the way.
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        const { currentTarget: divider, pointerId, clientX } = event;
        const split = divider.parentElement;
        if (split === null || !divider.hasPointerCapture(pointerId)) return;
        const { left, width } = split.getBoundingClientRect();
        set(((clientX - left) / width) * 100);
      }}
      onLostPointerCapture={keepShare}
    />
  );
}

function within(percent: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.round(percent)));
}

function readShare(): number {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? USUAL);
    return Number.isFinite(kept) ? within(kept) : USUAL;
  } catch {
    // A browser that keeps nothing has the usual width.
    return USUAL;
  }
}

function keepShare(): void {
  try {
    localStorage.setItem(KEY, String(share.peek()));
  } catch {
    // It stays while the app is open.
  }
}
