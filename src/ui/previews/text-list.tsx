// Lines of a text with their numbers, wrapped or not: only those in view exist.
import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import type { TokenLine } from "../../protocol/preview-api.ts";
import { TokenText } from "./token-lines.tsx";
import { useVirtual } from "../parts/use-virtual.ts";
import "./text-viewer.css";

/** As in the style: lines that are not wrapped are never measured. */
const LINE_HEIGHT = 20;
/** More is asked for this many lines before the end comes into view. */
const AHEAD = 100;

interface TextListProps {
  readonly label: string;
  readonly lines: readonly TokenLine[];
  readonly firstLine: number | null;
  readonly isWrapped: boolean;
  /** The end is near. */
  readonly onEnd: () => void;
}

export function TextList({
  label,
  lines,
  firstLine,
  isWrapped,
  onEnd,
}: TextListProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtual({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) > lines.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) onEnd();
  });
  const digits = String((firstLine ?? 1) + lines.length).length;
  return (
    <div
      ref={scroller}
      class={`text-lines${isWrapped ? " is-wrapped" : ""}`}
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <div class="text-lines-space" style={{ height: `${virtual.getTotalSize()}px` }}>
        {items.map(({ index, key, start }) => (
          <div
            key={key}
            class="text-line"
            data-index={index}
            {...(isWrapped && { ref: virtual.measureElement })}
            style={{ transform: `translateY(${start}px)` }}
          >
            {firstLine !== null && (
              <span class="text-line-number" aria-hidden="true" style={{ width: `${digits}ch` }}>
                {firstLine + index}
              </span>
            )}
            <code class={firstLine === null ? "is-unnumbered" : ""}>
              <TokenText line={lines[index] ?? []} />
            </code>
          </div>
        ))}
      </div>
    </div>
  );
}
