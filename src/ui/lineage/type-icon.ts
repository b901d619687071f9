// An icon for each sort of thing in a graph.
import {
  Ban,
  Box,
  ChartColumn,
  CircleCheck,
  CirclePlay,
  CircleX,
  Database,
  FileText,
  Layers,
  Package,
  type IconNode,
} from "lucide";
import type { VisibleNode } from "../../core/lineage-view.ts";

const TYPES: Readonly<Record<string, IconNode>> = {
  model: Box,
  dataset: Database,
  evaluation: ChartColumn,
  report: FileText,
};

const STATES = {
  running: CirclePlay,
  finished: CircleCheck,
  failed: CircleX,
  abandoned: Ban,
} as const;

/** The icon of a version's type or a run's state. */
export function iconOf(node: VisibleNode): IconNode {
  if (node.kind === "group") return Layers;
  if (node.kind === "run") return STATES[node.state];
  return (Object.hasOwn(TYPES, node.type) ? TYPES[node.type] : undefined) ?? Package;
}
