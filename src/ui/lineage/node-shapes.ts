// How nodes look: versions are cards, runs are pills, groups are stacks.
import { Plus } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { VisibleNode } from "../../core/lineage-view.ts";
import { formatVersion } from "../../core/version.ts";
import { PROVISIONAL } from "../parts/version-label.tsx";
import { fitText, type Measure } from "./fit-text.ts";
import { sizeOf, type Size } from "./node-size.ts";
import { goneWord, noteOf, ownAliases, titleOf } from "./node-text.ts";
import type { IsProvisional } from "./provisional-nodes.ts";
import { iconShape, type Shape } from "./shape.ts";
import { iconOf } from "./type-icon.ts";

export interface Look {
  readonly isFocus: boolean;
  /** The project that needs no mention. */
  readonly project: string;
  readonly measure: Measure;
  /** Whether a node's number may still change [S3]. */
  readonly isProvisional: IsProvisional;
}

const ICON = 18;
const TEXT_LEFT = 42;
/** How far a group's lower cards show. */
const STACK = 8;

/** The shapes of a node, its middle at the origin. */
export function nodeShapes(node: VisibleNode, look: Look): readonly Shape[] {
  const size = sizeOf(node);
  const [left, top] = [-size.width / 2, -size.height / 2];
  const middle = top + (size.height - (node.kind === "group" ? STACK : 0)) / 2;
  const state = node.kind === "run" && !node.isDeleted ? `is-${node.state}` : "";
  return [
    ...outline(node, size),
    iconShape(iconOf(node), left + 14, middle - ICON / 2, ICON, state),
    label(titleOf(node), "title", middle - 3, size, look.measure),
    ...provisionalMark(node, middle, size, look),
    label(noteOf(node), "note", middle + 15, size, look.measure),
    ...projectMark(node, size, look),
    ...(node.hasMore ? [moreMark(size)] : []),
  ];
}

/** The class that tells what a node is. */
export function nodeClass(node: VisibleNode, { isFocus }: Look): string {
  const isGone = node.kind !== "group" && goneWord(node) !== "";
  const isAliased = node.kind === "version" && ownAliases(node).length > 0 && !isGone;
  return [
    `lg-node is-${node.kind}`,
    isFocus && "is-focus",
    isGone && "is-gone",
    isAliased && "is-aliased",
  ]
    .filter((part) => part !== false)
    .join(" ");
}

function outline({ kind }: VisibleNode, size: Size): readonly Shape[] {
  const box = (inset: number, rise: number, look: string): Shape => ({
    tag: "rect",
    attributes: {
      class: look,
      x: -size.width / 2 + inset,
      y: -size.height / 2 + rise,
      width: size.width - 2 * inset,
      height: size.height - (kind === "group" ? STACK : 0),
      rx: kind === "run" ? size.height / 2 : 10,
    },
  });
  return kind === "group"
    ? [box(12, STACK, "lg-box is-under"), box(6, STACK / 2, "lg-box is-under"), box(0, 0, "lg-box")]
    : [box(0, 0, "lg-box")];
}

function label(
  text: string,
  look: "title" | "note",
  y: number,
  { width }: Size,
  measure: Measure,
): Shape {
  return {
    tag: "text",
    attributes: { class: `lg-${look}`, x: -width / 2 + TEXT_LEFT, y },
    text: fitLabel(text, look, width, measure),
  };
}

function fitLabel(text: string, look: "title" | "note", width: number, measure: Measure): string {
  return fitText(text, width - TEXT_LEFT - 16, (part) => measure(part, look));
}

/** A dashed line below a number that may still change [S3], and what that means. */
function provisionalMark(
  node: VisibleNode,
  middle: number,
  { width }: Size,
  { measure, isProvisional }: Look,
): readonly Shape[] {
  if (node.kind !== "version" || !isProvisional(node)) return [];
  const title = fitLabel(titleOf(node), "title", width, measure);
  const end = -width / 2 + TEXT_LEFT + measure(title, "title");
  const length = measure(formatVersion(node.number), "title");
  const y = middle + 1;
  return [
    {
      tag: "line",
      attributes: { class: "lg-provisional", x1: end - length, y1: y, x2: end, y2: y },
    },
    { tag: "title", attributes: {}, text: PROVISIONAL },
  ];
}

/** A label on the upper edge, above the title, for what belongs to another project. */
function projectMark(node: VisibleNode, size: Size, { project, measure }: Look): readonly Shape[] {
  const own = node.kind === "group" ? node.members[0]?.project : node.project;
  if (own === undefined || own === project) return [];
  const room = size.width - 60;
  const text = fitText(showHidden(own), room, (part) => measure(part, "note"));
  const [x, y] = [-size.width / 2 + 16, -size.height / 2];
  const width = measure(text, "note") + 14;
  return [
    { tag: "rect", attributes: { class: "lg-project", x, y: y - 13, width, height: 18, rx: 9 } },
    { tag: "text", attributes: { class: "lg-note", x: x + 7, y }, text },
  ];
}

function moreMark({ width, height }: Size): Shape {
  const [x, y] = [width / 2 - 6, height / 2 - 4];
  return {
    tag: "g",
    attributes: { class: "lg-more", "data-more": "true" },
    children: [
      { tag: "circle", attributes: { class: "lg-more-area", cx: x, cy: y, r: 16 } },
      { tag: "circle", attributes: { class: "lg-more-disc", cx: x, cy: y, r: 10 } },
      iconShape(Plus, x - 7, y - 7, 14),
    ],
  };
}
