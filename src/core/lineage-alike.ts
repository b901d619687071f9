// Which nodes of a lineage graph are alike: of the same sort, with alike nodes around them.
import type { LineageGraph, LineageNode, LineageNodeId } from "./lineage.ts";

/** So many alike are shown as one. */
export const ALIKE_MIN = 5;

export type AlikeId = `alike:${LineageNodeId}`;

/** Five or more nodes that nothing but their names tells apart. */
export interface AlikeSet {
  /** Stays the same while its oldest member does. */
  readonly id: AlikeId;
  readonly of: LineageNode["kind"];
  /** What their names have in common: an artifact, or how the runs' names begin; `null` for nothing. */
  readonly name: string | null;
  readonly members: readonly LineageNode[];
}

/**
 * The sets of alike nodes. Nodes of one kind, artifact or run name stem start as alike, and stay so as
 * long as the same sets lie around each of them; so a run that made something of its own stands apart,
 * and so does what it made.
 */
export function alikeSets(graph: LineageGraph): readonly AlikeSet[] {
  const { nodes } = graph;
  const classes = refine(graph, startingClasses(graph));
  const sets = new Map<number, LineageNode[]>();
  nodes.forEach((node, i) => {
    const found = classes[i] ?? -1;
    const set = sets.get(found);
    if (set === undefined) sets.set(found, [node]);
    else set.push(node);
  });
  return [...sets.values()].filter(({ length }) => length >= ALIKE_MIN).map(setOf);
}

/** How a run's name begins, without the number that tells it from its kin. */
export function stemOf(runName: string): string {
  return runName.replace(/[\s._#-]*\d+$/u, "") || runName;
}

function setOf(nodes: readonly LineageNode[]): AlikeSet {
  const members = nodes.toSorted(byName);
  // Ids tell the time they were given.
  const [oldest] = nodes.map(({ id }) => id).toSorted();
  const names = new Set(members.map(commonName));
  const [name = null] = names;
  return {
    id: `alike:${oldest ?? ("" as LineageNodeId)}`,
    of: members[0]?.kind ?? "version",
    name: names.size === 1 ? name : null,
    members,
  };
}

function byName(a: LineageNode, b: LineageNode): number {
  if (a.kind === "version" && b.kind === "version")
    return a.name.localeCompare(b.name, "en") || a.number - b.number;
  return a.name.localeCompare(b.name, "en", { numeric: true }) || (a.id < b.id ? -1 : 1);
}

function commonName(node: LineageNode): string {
  return node.kind === "version" ? node.name : stemOf(node.name);
}

/** By kind, project, side of the focus, hops, and name where enough share it. */
function startingClasses(graph: LineageGraph): readonly number[] {
  const { nodes, focus } = graph;
  const sides = sidesOf(graph);
  const shared = new Map<string, number>();
  const nameKey = (node: LineageNode): string => `${node.kind} ${node.project}/${commonName(node)}`;
  for (const node of nodes) shared.set(nameKey(node), (shared.get(nameKey(node)) ?? 0) + 1);
  return numbered(
    nodes.map((node) => {
      if (node.id === focus) return "focus";
      const name = (shared.get(nameKey(node)) ?? 0) >= ALIKE_MIN ? nameKey(node) : "";
      const type = node.kind === "version" ? node.type : "";
      return `${node.kind} ${node.project} ${type} ${node.depth} ${sides.get(node.id) ?? ""} ${name}`;
    }),
  );
}

/** Splits classes until all of a class have the same classes around them. */
function refine({ nodes, edges }: LineageGraph, start: readonly number[]): readonly number[] {
  const places = new Map(nodes.map(({ id }, i) => [id, i]));
  const around: { readonly at: number; readonly way: string }[][] = nodes.map(() => []);
  for (const { from, to, kind } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) continue;
    around[a]?.push({ at: b, way: `>${kind}` });
    around[b]?.push({ at: a, way: `<${kind}` });
  }
  for (let classes = start, count = new Set(start).size; ;) {
    const current = classes;
    const next = numbered(
      around.map((links, i) => {
        const seen = new Set(links.map(({ at, way }) => `${way}${current[at] ?? ""}`));
        return `${current[i] ?? ""} ${[...seen].toSorted().join(" ")}`;
      }),
    );
    const nextCount = new Set(next).size;
    if (nextCount === count) return current;
    classes = next;
    count = nextCount;
  }
}

/** Which nodes lie up or down the stream from the focus; this spares long chains many rounds. */
function sidesOf({ focus, edges }: LineageGraph): ReadonlyMap<LineageNodeId, string> {
  const sides = new Map<LineageNodeId, string>();
  const mark = (side: string, next: ReadonlyMap<LineageNodeId, readonly LineageNodeId[]>): void => {
    const seen = new Set([focus]);
    for (const id of seen) {
      sides.set(id, (sides.get(id) ?? "") + side);
      for (const other of next.get(id) ?? []) seen.add(other);
    }
  };
  mark("up", linked(edges, "to", "from"));
  mark("down", linked(edges, "from", "to"));
  return sides;
}

function linked(
  edges: LineageGraph["edges"],
  at: "from" | "to",
  other: "from" | "to",
): ReadonlyMap<LineageNodeId, readonly LineageNodeId[]> {
  const links = new Map<LineageNodeId, LineageNodeId[]>();
  for (const edge of edges) {
    const list = links.get(edge[at]);
    if (list === undefined) links.set(edge[at], [edge[other]]);
    else list.push(edge[other]);
  }
  return links;
}

/** The same number for the same text. */
function numbered(texts: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
}
