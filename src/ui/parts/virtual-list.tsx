// A long list of equal rows: only those in view exist.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useVirtual } from "./use-virtual.ts";
import "./virtual-list.css";

interface VirtualListProps {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly renderRow: (index: number) => ComponentChildren;
  /** Identity of a row, so that it keeps its focus when others come and go. */
  readonly keyOf?: (index: number) => string | number;
  readonly class?: string;
  /** A row to bring into view when it changes. */
  readonly reveal?: number | null;
  /** Says which list this is: another one, such as another filter's, begins at its first row. */
  readonly listKey?: string;
  /** What stands above the rows and stays in view, and how many pixels it takes. */
  readonly header?: { readonly height: number; readonly content: ComponentChildren };
  /** Attributes of the scrolling element: role, label, key handler. */
  readonly attributes?: JSX.IntrinsicElements["div"];
}

/** Rows kept beyond each edge of the view. */
const OVERSCAN = 12;

export function VirtualList(props: VirtualListProps): JSX.Element {
  const { count, rowHeight, renderRow, keyOf, reveal = null, listKey, header, attributes } = props;
  const above = header?.height ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtual({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: above,
    scrollPaddingStart: above,
  });
  useLayoutEffect(() => scroller.current?.scrollTo(0, 0), [listKey]);
  useLayoutEffect(() => {
    if (reveal !== null && reveal >= 0) virtualizer.scrollToIndex(reveal, { align: "auto" });
  }, [virtualizer, reveal]);
  return (
    <div {...attributes} ref={scroller} class={`virtual-list ${props.class ?? ""}`}>
      {header?.content}
      <div class="virtual-list-space" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            // Not the virtualizer's own key: that it would ask for every row of a hundred thousand.
            key={keyOf?.(item.index) ?? item.index}
            class="virtual-list-row"
            role="presentation"
            style={{ height: `${rowHeight}px`, transform: `translateY(${item.start - above}px)` }}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
