// Finding nodes in a lineage graph.
import type { LineageGraph, LineageNode, LineageNodeId } from "./lineage.ts";
import { formatPlace } from "./registry/names.ts";
import { formatVersion } from "./version.ts";

/** How digests begin. */
const SCHEME = "blake3:";

/**
 * The nodes that have the text in their name, project, type, alias, collection or state, or whose
 * digest begins with it, nearest first; none for an empty text.
 */
export function findInLineage({ nodes }: LineageGraph, text: string): readonly LineageNodeId[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  return nodes.filter((node) => isFound(node, wanted)).map(({ id }) => id);
}

/** Whether a node has the text, which is in small letters. */
export function isFound(node: LineageNode, wanted: string): boolean {
  const isDigest = wanted.length > SCHEME.length && wanted.startsWith(SCHEME);
  if (isDigest) return node.kind === "version" && node.digest.startsWith(wanted);
  return wordsOf(node).some((word) => word.toLowerCase().includes(wanted));
}

function wordsOf(node: LineageNode): readonly string[] {
  const { project, name } = node;
  if (node.kind === "run") return [`${project}/${name}`, node.isDeleted ? "deleted" : node.state];
  const spec = `${project}/${name}:${formatVersion(node.number)}`;
  return [
    spec,
    node.type,
    ...node.aliases,
    ...node.collections.map(({ registry, collection }) => formatPlace(registry, collection)),
    ...(node.state === "live" ? [] : [inWords(node.state)]),
  ];
}

function inWords(state: string): string {
  return state.replaceAll("_", " ");
}
