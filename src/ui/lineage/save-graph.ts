// Hands a lineage graph to the browser's downloads.
import { saveBlob } from "../../client/save-stream.ts";
import type { LineageGraph } from "../../core/lineage.ts";
import type { Drawn } from "../state/lineage-drawn.ts";
import type { Looks } from "./drawing.tsx";
import { drawingStyles } from "./export-styles.ts";
import { graphSvg } from "./export-svg.ts";
import { pageMeasure } from "./fit-text.ts";

/** Saves the drawing, in light colours. */
export function saveSvg(
  drawn: Drawn,
  looks: Pick<Looks, "project" | "isProvisional">,
  name: string,
): void {
  const own = { ...looks, focus: drawn.focus, measure: pageMeasure() };
  const svg = graphSvg(drawn, own, drawingStyles(), `Lineage of ${name}`);
  saveBlob(new Blob([svg]), `${fileName(name)}.svg`);
}

/** Saves what was read, in the form that docs/API.md describes. */
export function saveJson(graph: LineageGraph, name: string): void {
  saveBlob(new Blob([`${JSON.stringify(graph, null, 2)}\n`]), `${fileName(name)}.json`);
}

function fileName(name: string): string {
  return `${name.replace(/[^\w.-]+/g, "-")}-lineage`;
}
