// Rows or columns of which only those in view exist, of equal size or not.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

type Options = Pick<
  VirtualizerOptions<HTMLDivElement, HTMLElement>,
  "count" | "estimateSize" | "getScrollElement" | "overscan"
> &
  Partial<VirtualizerOptions<HTMLDivElement, HTMLElement>>;

/** A virtualizer tied to the component: it renders again when what is in view changes. */
export function useVirtual(options: Options): Virtualizer<HTMLDivElement, HTMLElement> {
  const [, repaint] = useReducer<number, void>((times) => times + 1, 0);
  const all = {
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => repaint(),
    ...options,
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLElement>(all));
  virtualizer.setOptions(all);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
