// What a node is called and what is said of it.
import { showHidden } from "../../core/errors.ts";
import type { LineageGroup, VisibleNode } from "../../core/lineage-view.ts";
import type { LineageNode, LineageVersion } from "../../core/lineage.ts";
import { LATEST } from "../../core/names.ts";
import { formatVersion } from "../../core/version.ts";
import { formatBytes, formatCount } from "../parts/format.ts";

/** `net:v3`, a run's name, `40 runs`. */
export function titleOf(node: VisibleNode): string {
  if (node.kind === "version") return showHidden(`${node.name}:${formatVersion(node.number)}`);
  if (node.kind === "run") return showHidden(node.name);
  return formatCount(node.members.length, node.set.of);
}

/** A version's spec with its project. */
export function fullSpec({ project, name, number }: LineageVersion): string {
  return `${project}/${name}:${formatVersion(number)}`;
}

/** A second line. */
export function noteOf(node: VisibleNode): string {
  if (node.kind === "group") return groupNote(node);
  if (node.kind === "run") return node.isDeleted ? "deleted" : node.state;
  if (node.state !== "live") return goneWord(node);
  const aliases = ownAliases(node);
  if (aliases.length > 0) return aliases.join(", ");
  const more = node.aliases.length > 0 ? LATEST : formatBytes(node.sizeBytes);
  return `${showHidden(node.type)} · ${more}`;
}

/** The aliases that people set. */
export function ownAliases({ aliases }: LineageVersion): readonly string[] {
  return aliases.filter((alias) => alias !== LATEST).map(showHidden);
}

function groupNote({ set, members }: LineageGroup): string {
  const aliases = members.flatMap((member) =>
    member.kind === "version" ? ownAliases(member) : [],
  );
  const name = set.name === null ? "alike" : showHidden(set.name);
  return aliases.length === 0 ? name : `${name} · ${aliases.join(", ")}`;
}

/** What became of a node that is not there any more; `""` for one that is. */
export function goneWord(node: LineageNode): string {
  if (node.kind === "run") return node.isDeleted ? "deleted" : "";
  return node.state === "live" ? "" : node.state === "in_trash" ? "in the trash" : "deleted";
}

/** Everything a person sees of a node, in words. */
export function describeNode(
  node: VisibleNode,
  { sources, results }: { readonly sources: number; readonly results: number },
): string {
  const around = [
    sources > 0 && formatCount(sources, "source"),
    results > 0 && formatCount(results, "result"),
    node.hasMore && "more not shown",
  ].filter((part) => part !== false);
  return [whatIs(node), ...around].join(", ");
}

function whatIs(node: VisibleNode): string {
  const title = titleOf(node);
  if (node.kind === "group") return `Group: ${title}, ${groupNote(node)}`;
  const gone = goneWord(node);
  const project = `in ${showHidden(node.project)}`;
  if (node.kind === "run") return `Run ${title}, ${gone === "" ? node.state : gone}, ${project}`;
  const aliases = node.aliases.map(showHidden);
  return [`Version ${title}`, showHidden(node.type), project, ...aliases, gone]
    .filter((part) => part !== "")
    .join(", ");
}
