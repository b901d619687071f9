// How large each shape of node is.
import type { VisibleNode } from "../../core/lineage-view.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const SIZES: Readonly<Record<VisibleNode["kind"], Size>> = {
  version: { width: 204, height: 56 },
  run: { width: 190, height: 46 },
  group: { width: 204, height: 62 },
};

export function sizeOf({ kind }: VisibleNode): Size {
  return SIZES[kind];
}
