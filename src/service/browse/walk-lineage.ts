// Walks from a node breadth first, reading no more of any list than it needs [R5].
import type { LineageEdge, LineageNodeId, LineageOptions } from "../../core/lineage.ts";
import type { RunUid, VersionUid } from "../../core/records.ts";
import {
  derivedEnds,
  findLink,
  isRun,
  readAround,
  readLinks,
  uidOf,
  type LinkList,
} from "../../store/lineage.ts";
import type { ReadTx } from "../../store/transaction.ts";

/** Lines read of each node or list at first; most have fewer. */
const FIRST_PAGE = 32;
/** Up to so many lines drawn by hand are known beforehand, which saves two requests at each version. */
const FEW_DERIVATIONS = 256;

export interface WalkedNode {
  readonly id: LineageNodeId;
  readonly depth: number;
  hasMore: boolean;
}

export interface WalkOptions extends LineageOptions {
  /** Nodes whose neighbours are wanted however many hops away they are. */
  readonly opened: ReadonlySet<LineageNodeId>;
}

export interface Walked {
  /** Nearest first. */
  readonly nodes: readonly WalkedNode[];
  readonly edges: readonly LineageEdge[];
  readonly truncated: { readonly byDepth: boolean; readonly bySize: boolean };
}

/**
 * A list that is being read: its first `seen` lines are dealt with, `count` are wanted next. At first
 * all runs or versions around a node are read as one, with no list named: requests cost more than rows.
 */
interface Reading {
  readonly node: WalkedNode;
  readonly list: LinkList | null;
  readonly seen: number;
  readonly count: number;
}

/**
 * Gathers the nodes around one and every line between them. All lists of one level are read at
 * once, page by page, so that no single hub takes all the room.
 *
 * @param onLevel told the nodes of each level as soon as they are known, so that what they are can be
 *   read while the next level is
 */
export async function walkLineage(
  tx: ReadTx<"edges" | "derivations">,
  focus: LineageNodeId,
  { depth, direction, maxNodes, opened }: WalkOptions,
  onLevel: (ids: readonly LineageNodeId[]) => void,
): Promise<Walked> {
  const nodes = new Map<LineageNodeId, WalkedNode>();
  const edges = new Map<string, LineageEdge>();
  const cut = new Map<string, { readonly node: WalkedNode; readonly list: LinkList }>();
  /** Runs found last, when there was no room left: their lines are found from the versions' side. */
  const unread = new Map<LineageNodeId, WalkedNode>();
  const truncated = { byDepth: false, bySize: false };
  const derived = await derivedEnds(tx, FEW_DERIVATIONS);
  let level = [addNode(focus, 0)];

  while (level.length > 0) {
    onLevel(level.map(({ id }) => id));
    level = await readLevel(level.filter(isWorthReading));
  }
  // Nothing else was left out: whether the graph is whole, only they can say.
  if (!truncated.bySize) await readLevel([...unread.values()]);
  else for (const node of unread.values()) node.hasMore = true;
  await joinCutLists();
  return { nodes: [...nodes.values()], edges: [...edges.values()], truncated };

  /** Most of a full graph are runs that a few versions led to: reading each would only tell whether it has more. */
  function isWorthReading(node: WalkedNode): boolean {
    if (nodes.size < maxNodes || !isRun(node.id)) return true;
    unread.set(node.id, node);
    return false;
  }

  /** Reads around nodes, and answers those that it found. */
  async function readLevel(around: readonly WalkedNode[]): Promise<WalkedNode[]> {
    const next: WalkedNode[] = [];
    let open = around.flatMap((node) => [
      { node, list: null, seen: 0, count: FIRST_PAGE },
      ...readingsOf(node, derivationLists(node.id)),
    ]);
    while (open.length > 0) {
      const pages = await Promise.all(
        open.map(({ node, list, count }) =>
          list === null ? readAround(tx, node.id, count) : readLinks(tx, list, count),
        ),
      );
      open = open.flatMap((reading, i) => take(reading, pages[i] ?? [], next));
    }
    return next;
  }

  function readingsOf(node: WalkedNode, lists: readonly LinkList[]): readonly Reading[] {
    return lists
      .filter(({ kind }) => goes(LISTS[kind].isUp))
      .map((list) => ({ node, list, seen: 0, count: FIRST_PAGE }));
  }

  function goes(isUp: boolean): boolean {
    return direction === "both" || isUp === (direction === "up");
  }

  function derivationLists(id: LineageNodeId): readonly LinkList[] {
    const of = uidOf(id) as VersionUid;
    if (isRun(id)) return [];
    const lists: LinkList[] = [];
    if (derived === null || derived.children.has(of)) lists.push({ kind: "parents", of });
    if (derived === null || derived.parents.has(of)) lists.push({ kind: "children", of });
    return lists;
  }

  function leadsOn({ id, depth: at }: WalkedNode): boolean {
    return at < depth || opened.has(id);
  }

  function addNode(id: LineageNodeId, at: number): WalkedNode {
    const node = { id, depth: at, hasMore: false };
    nodes.set(id, node);
    return node;
  }

  /** Deals with a page, and answers what to read on, if anything. */
  function take(
    { node, list, seen, count }: Reading,
    page: readonly LineageEdge[],
    next: WalkedNode[],
  ): readonly Reading[] {
    const isWhole = page.length < count;
    if (list === null && !isWhole) return readingsOf(node, runLists(node.id));
    let isLeaving = false;
    for (const edge of page.slice(seen)) {
      if (!goes(edge.to === node.id)) continue;
      const other = otherEnd(edge, node.id);
      if (nodes.has(other)) edges.set(edgeKey(edge.from, edge.to), edge);
      else if (leadsOn(node) && nodes.size < maxNodes) {
        next.push(addNode(other, node.depth + 1));
        edges.set(edgeKey(edge.from, edge.to), edge);
      } else isLeaving = true;
    }
    if (isLeaving) {
      node.hasMore = true;
      truncated[leadsOn(node) ? "bySize" : "byDepth"] = true;
    }
    if (list === null || isWhole) return [];
    if (!isLeaving) {
      const room = Math.min(maxNodes - nodes.size, 3 * count);
      return [{ node, list, seen: count, count: count + Math.max(FIRST_PAGE, room + 1) }];
    }
    cut.set(listKey(list.kind, node.id), { node, list });
    return [];
  }

  /** Looks for lines in the unread rest of lists, unless the list at their other end was read whole. */
  async function joinCutLists(): Promise<void> {
    const probes = [...cut.values()].flatMap(({ node, list }) => {
      const { mirror, leadsTo } = LISTS[list.kind];
      return [...nodes.keys()]
        .filter((id) => kindOf(id) === leadsTo && !edges.has(keyTo(node.id, list, id)))
        .filter((id) => direction !== "both" || cut.has(listKey(mirror, id)) || unread.has(id))
        .map((id) => findLink(tx, list, id));
    });
    for (const edge of await Promise.all(probes))
      if (edge !== undefined) edges.set(edgeKey(edge.from, edge.to), edge);
  }
}

const LISTS = {
  producers: { isUp: true, leadsTo: "run", mirror: "outputs" },
  users: { isUp: false, leadsTo: "run", mirror: "inputs" },
  parents: { isUp: true, leadsTo: "version", mirror: "children" },
  children: { isUp: false, leadsTo: "version", mirror: "parents" },
  inputs: { isUp: true, leadsTo: "version", mirror: "users" },
  outputs: { isUp: false, leadsTo: "version", mirror: "producers" },
} as const satisfies Record<LinkList["kind"], object>;

/** The lists that {@link readAround} reads as one. */
function runLists(id: LineageNodeId): readonly LinkList[] {
  return isRun(id)
    ? (["inputs", "outputs"] as const).map((kind) => ({ kind, of: uidOf(id) as RunUid }))
    : (["producers", "users"] as const).map((kind) => ({ kind, of: uidOf(id) as VersionUid }));
}

function kindOf(id: LineageNodeId): "run" | "version" {
  return isRun(id) ? "run" : "version";
}

function otherEnd({ from, to }: LineageEdge, id: LineageNodeId): LineageNodeId {
  return from === id ? to : from;
}

function listKey(kind: LinkList["kind"], id: LineageNodeId): string {
  return `${kind} ${id}`;
}

function edgeKey(from: LineageNodeId, to: LineageNodeId): string {
  return `${from} ${to}`;
}

/** The key of the line that `list` of the node `id` would have to `other`. */
function keyTo(id: LineageNodeId, list: LinkList, other: LineageNodeId): string {
  return LISTS[list.kind].isUp ? edgeKey(other, id) : edgeKey(id, other);
}
