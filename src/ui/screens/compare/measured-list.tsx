// A long list of rows that wrap, each as high as it needs: only those in view exist.
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { useVirtual } from "../../parts/use-virtual.ts";
import "./measured-list.css";

interface MeasuredListProps {
  readonly count: number;
  /** Height of most rows, in pixels. */
  readonly rowHeight: number;
  readonly renderRow: (index: number) => ComponentChildren;
  readonly keyOf: (index: number) => string;
  readonly class?: string;
  /** Attributes of the scrolling element: role, label. */
  readonly attributes: JSX.IntrinsicElements["div"];
}

export function MeasuredList(props: MeasuredListProps): JSX.Element {
  const { count, rowHeight, renderRow, keyOf, attributes } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtual({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 20,
  });
  return (
    <div {...attributes} ref={scroller} class={`measured-list ${props.class ?? ""}`} tabIndex={0}>
      <div
        class="measured-list-space"
        role="presentation"
        style={{ height: `${virtual.getTotalSize()}px` }}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtual.measureElement}
            class="measured-list-row"
            role="presentation"
            data-index={index}
            style={{ transform: `translateY(${start}px)` }}
          >
            {renderRow(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
