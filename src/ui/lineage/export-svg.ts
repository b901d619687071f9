// A lineage graph as an SVG file of its own.
import type { Drawn } from "../state/lineage-drawn.ts";
import { edgeShapeAt, HEAD_PATH, HEADS, nodeShapeAt, type Looks } from "./drawing.tsx";
import { writeShape, type Shape } from "./shape.ts";

const MARGIN = 32;

/** The whole graph as drawn, opened and folded as it is. */
export function graphSvg(drawn: Drawn, looks: Looks, styles: string, title: string): string {
  const { width, height } = drawn.layout;
  const box = [-MARGIN, -MARGIN, Math.ceil(width) + 2 * MARGIN, Math.ceil(height) + 2 * MARGIN];
  const [x = 0, y = 0, w = 0, h = 0] = box;
  const shapes = [
    ...drawn.graph.edges.map((_, i) => edgeShapeAt(drawn, i)),
    ...drawn.graph.nodes.map((_, i) => nodeShapeAt(drawn, looks, i)),
  ].filter((shape) => shape !== null);
  const page: Shape = { tag: "rect", attributes: { class: "lg-page", x, y, width: w, height: h } };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(" ")}" width="${w}" height="${h}" role="img">`,
    writeElement("title", title),
    writeElement("style", styles),
    `<defs>${HEADS.map(writeHead).join("")}</defs>`,
    ...[page, ...shapes].map(writeShape),
    "</svg>\n",
  ].join("\n");
}

function writeElement(tag: "title" | "style", text: string): string {
  return `<${tag}>${text.replace(/[&<>]/g, (found) => `&#${found.codePointAt(0) ?? 0};`)}</${tag}>`;
}

function writeHead(name: string): string {
  return `<marker id="${name}" class="${name}" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" refX="1" refY="4" orient="auto"><path d="${HEAD_PATH}"/></marker>`;
}
