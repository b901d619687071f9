// What is drawn of a graph, as data: for the page and for a file alike.
import { h, type JSX } from "preact";
import type { IconNode } from "lucide";

/** An SVG element. Looks come from its class. */
export interface Shape {
  readonly tag:
    | "g"
    | "rect"
    | "path"
    | "circle"
    | "line"
    | "ellipse"
    | "text"
    | "title"
    | "polyline"
    | "polygon";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Shape[];
  readonly text?: string;
}

/** One of lucide's icons, its upper left corner at a point. */
export function iconShape(icon: IconNode, x: number, y: number, size: number, look = ""): Shape {
  return {
    tag: "g",
    attributes: {
      class: `lg-icon ${look}`.trim(),
      transform: `translate(${x} ${y}) scale(${size / 24})`,
    },
    children: icon.map(([tag, attributes]) => ({
      tag: tag as Shape["tag"],
      attributes: Object.fromEntries(
        Object.entries(attributes).flatMap(([name, value]) =>
          name === "key" || value === undefined ? [] : [[name, value]],
        ),
      ),
    })),
  };
}

/** The shape as an element of the page. */
export function drawShape({ tag, attributes, children, text }: Shape, key: number): JSX.Element {
  return h(tag, { ...attributes, key }, text ?? children?.map(drawShape));
}

/** The shape as XML. */
export function writeShape({ tag, attributes, children = [], text = "" }: Shape): string {
  const written = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
  const content = escapeXml(text) + children.map(writeShape).join("");
  return content === "" ? `<${tag}${written}/>` : `<${tag}${written}>${content}</${tag}>`;
}

/** Text that can stand anywhere in XML. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.codePointAt(0) ?? 0};`);
}
