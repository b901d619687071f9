// A long list of equal rows: only those in view exist.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
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
  /** What stands above the rows and stays in view, and how many pixels it takes. */
  readonly header?: { readonly height: number; readonly content: ComponentChildren };
  /** Attributes of the scrolling element: role, label, key handler. */
  readonly attributes?: JSX.IntrinsicElements["div"];
}

/** Rows kept beyond each edge of the view. */
const OVERSCAN = 12;

export function VirtualList(props: VirtualListProps): JSX.Element {
  const { count, rowHeight, renderRow, keyOf, reveal = null, header, attributes } = props;
  const above = header?.height ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const [, repaint] = useReducer<number, void>((times) => times + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf ?? ((index: number) => index),
    overscan: OVERSCAN,
    scrollMargin: above,
    scrollPaddingStart: above,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => repaint(),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => {
    if (reveal !== null && reveal >= 0) virtualizer.scrollToIndex(reveal, { align: "auto" });
  }, [virtualizer, reveal]);
  return (
    <div {...attributes} ref={scroller} class={`virtual-list ${props.class ?? ""}`}>
      {header?.content}
      <div class="virtual-list-space" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
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
