// What is being moved, and where it would go: said aloud, and shown beside the pointer.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { AliasChip } from "../../parts/chip.tsx";
import type { AliasDrag, HeldAlias } from "../../state/alias-drag.ts";

interface DragNoteProps {
  readonly held: HeldAlias;
  readonly target: VersionNumber | null;
  readonly place: { readonly x: number; readonly y: number };
}

export function DragNote({ held, target, place }: DragNoteProps): JSX.Element {
  const { alias, from, by } = held;
  const to = target === null || target === from ? null : formatVersion(target);
  return (
    <>
      <p class="timeline-moving" role="status">
        <span>
          {showHidden(alias)}: {formatVersion(from)}
          {to !== null && ` → ${to}`}
        </span>
        <span class="muted">
          {by === "keys"
            ? "Up and down choose, Enter puts it there, Escape cancels."
            : "Let go on a version, or press Escape."}
        </span>
      </p>
      {by === "pointer" && (
        <span
          class="timeline-ghost"
          aria-hidden
          style={{ transform: `translate(${place.x}px, ${place.y}px)` }}
        >
          <AliasChip alias={alias} />
        </span>
      )}
    </>
  );
}

/**
 * While an alias is moved by keys, the keys are for that. It listens before one is taken up: a key
 * pressed at once must not be lost.
 */
export function useDragKeys(
  drag: AliasDrag,
  versions: readonly VersionSummary[],
  onMove: (alias: Alias, to: VersionNumber) => void,
): void {
  const latest = useRef({ versions, onMove });
  latest.current = { versions, onMove };
  useLayoutEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    const isByKeys = (): boolean => drag.held.value?.by === "keys";
    const onKey = (event: KeyboardEvent): void => {
      if (!isByKeys()) return;
      const numbers = latest.current.versions.map(({ version }) => version.number);
      if (event.key === "Enter" || event.key === " ") {
        // The press that took it up may be held down for long.
        if (!event.repeat) drag.putDown(latest.current.onMove);
      } else if (event.key === "Escape" || event.key === "Tab") drag.cancel();
      else if (!drag.aimByKey(event.key, numbers)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onPress = (): void => {
      if (isByKeys()) drag.cancel();
    };
    addEventListener("keydown", onKey, { signal, capture: true });
    addEventListener("pointerdown", onPress, { signal });
    return () => end.abort();
  }, [drag]);
}
