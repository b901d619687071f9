// What a node is called and what is said of it.
import { showHidden } from "../../core/errors.ts";
import type { LineageGroup, VisibleNode } from "../../core/lineage-view.ts";
import type {
  LineageCollection,
  LineageGraph,
  LineageNode,
  LineageNodeId,
  LineageVersion,
} from "../../core/lineage.ts";
import { LATEST } from "../../core/names.ts";
import { formatVersion } from "../../core/version.ts";
import { formatBytes, formatCount } from "../parts/format.ts";
import { NOT_SYNCED_YET } from "../parts/version-label.tsx";

/** `net:v3`, a run's name, `40 runs`. */
export function titleOf(node: VisibleNode): string {
  if (node.kind === "version") return showHidden(`${node.name}:${formatVersion(node.number)}`);
  if (node.kind === "run") return showHidden(node.name);
  return formatCount(node.members.length, node.set.of);
}

/** A second line. */
export function noteOf(node: VisibleNode): string {
  if (node.kind === "group") return groupNote(node);
  if (node.kind === "run") return node.isDeleted ? "deleted" : node.state;
  if (node.state !== "live") return goneWord(node);
  const labels = labelsOf(node);
  if (labels.length > 0) return labels.join(", ");
  const more = node.aliases.length > 0 ? LATEST : formatBytes(node.sizeBytes);
  return `${showHidden(node.type)} · ${more}`;
}

/** The aliases that people set. */
export function ownAliases({ aliases }: LineageVersion): readonly string[] {
  return aliases.filter((alias) => alias !== LATEST).map(showHidden);
}

/** What people called a version, and where they linked it. */
function labelsOf(version: LineageVersion): readonly string[] {
  return [...ownAliases(version), ...version.collections.map(placeText)];
}

/** `models/net:v2`: where a registry links a version. */
export function placeText({ registry, collection, number }: LineageCollection): string {
  return showHidden(`${registry}/${collection}:${formatVersion(number)}`);
}

/** What went through a registry at a node: each use, in words [R6]. */
export function usesThrough(
  node: LineageNode,
  { nodes, edges }: Pick<LineageGraph, "nodes" | "edges">,
): readonly string[] {
  const nameOf = (id: LineageNodeId): string => {
    const found = nodes.find((other) => other.id === id);
    return found === undefined ? "" : titleOf(found);
  };
  return edges.flatMap(({ from, to, via }) => {
    if (via === undefined) return [];
    if (from === node.id) return [`${nameOf(to)} as ${placeText(via)}`];
    return to === node.id ? [`${nameOf(from)} as ${placeText(via)}`] : [];
  });
}

function groupNote({ set, members }: LineageGroup): string {
  const labels = members.flatMap((member) => (member.kind === "version" ? labelsOf(member) : []));
  const name = set.name === null ? "alike" : showHidden(set.name);
  return labels.length === 0 ? name : `${name} · ${labels.join(", ")}`;
}

/** What became of a node that is not there any more; `""` for one that is. */
export function goneWord(node: LineageNode): string {
  if (node.kind === "run") return node.isDeleted ? "deleted" : "";
  return node.state === "live" ? "" : node.state === "in_trash" ? "in the trash" : "deleted";
}

interface Around {
  readonly sources: number;
  readonly results: number;
  /** Whether its number may still change [S3]. */
  readonly isProvisional: boolean;
}

/** Everything a person sees of a node, in words. */
export function describeNode(
  node: VisibleNode,
  { sources, results, isProvisional }: Around,
): string {
  const around = [
    sources > 0 && formatCount(sources, "source"),
    results > 0 && formatCount(results, "result"),
    node.hasMore && "more not shown",
  ].filter((part) => part !== false);
  return [whatIs(node, isProvisional), ...around].join(", ");
}

function whatIs(node: VisibleNode, isProvisional: boolean): string {
  const title = titleOf(node);
  if (node.kind === "group") return `Group: ${title}, ${groupNote(node)}`;
  const gone = goneWord(node);
  const project = `in ${showHidden(node.project)}`;
  if (node.kind === "run") return `Run ${title}, ${gone === "" ? node.state : gone}, ${project}`;
  const aliases = node.aliases.map(showHidden);
  const places = node.collections.map((place) => `linked as ${placeText(place)}`);
  const mark = isProvisional ? NOT_SYNCED_YET : "";
  return [`Version ${title}`, mark, showHidden(node.type), project, ...aliases, ...places, gone]
    .filter((part) => part !== "")
    .join(", ");
}
