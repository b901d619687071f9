// Laying a graph out from left to right, off the page's thread.

export interface LayoutNode {
  readonly width: number;
  readonly height: number;
  /** Where it was last: those seen before keep their order among themselves. */
  readonly lastY: number | null;
}

export interface LayoutRequest {
  readonly nodes: readonly LayoutNode[];
  /** Places in `nodes`. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  /** The middle of each node, and its rank from left to right: a tall one is wrapped into several columns. */
  readonly nodes: readonly (Point & { readonly rank: number })[];
  /** Each edge from its source's side to its target's side, by way of the columns between. */
  readonly edges: readonly (readonly Point[])[];
  /** Everything lies between 0 and these. */
  readonly width: number;
  readonly height: number;
}

export interface LayoutApi {
  /** Edges lead to the right, except where they would close a circle; no nodes overlap. */
  arrange(request: LayoutRequest): Promise<GraphLayout>;
}
