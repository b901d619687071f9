// The lines between versions and runs, list by list, so that a much used version is never read whole [R5].
import { assertNever } from "../core/brand.ts";
import type { LineageEdge, LineageNodeId } from "../core/lineage.ts";
import type { DerivationRecord, EdgeRecord, RunUid, VersionUid } from "../core/records.ts";
import type { ReadTx } from "./transaction.ts";

/** One kind of line at one node: `producers` and `users` are runs, `inputs` and `outputs` versions. */
export type LinkList =
  | { readonly kind: "producers" | "users" | "parents" | "children"; readonly of: VersionUid }
  | { readonly kind: "inputs" | "outputs"; readonly of: RunUid };

type LinkTx = ReadTx<"edges" | "derivations">;

/** The first `count` lines between a node and others of the other kind, those that lead to it first. */
export async function readAround(
  tx: ReadTx<"edges">,
  id: LineageNodeId,
  count: number,
): Promise<readonly LineageEdge[]> {
  const edges = tx.objectStore("edges");
  const uid = uidOf(id);
  const rows = isRun(id)
    ? await edges.getAll(IDBKeyRange.bound([uid], [uid, []]), count)
    : await edges.index("byVersionDirection").getAll(IDBKeyRange.bound([uid], [uid, []]), count);
  return rows.map(line).toSorted((a, b) => Number(a.from === id) - Number(b.from === id));
}

/** The first `count` lines of a list, each time in the same order. */
export async function readLinks(
  tx: LinkTx,
  list: LinkList,
  count: number,
): Promise<readonly LineageEdge[]> {
  const edges = tx.objectStore("edges");
  const derivations = tx.objectStore("derivations");
  switch (list.kind) {
    case "producers":
      return (await edges.index("byVersionDirection").getAll([list.of, "output"], count)).map(line);
    case "users":
      return (await edges.index("byVersionDirection").getAll([list.of, "input"], count)).map(line);
    case "inputs":
      return (await edges.index("byRunDirection").getAll([list.of, "input"], count)).map(line);
    case "outputs":
      return (await edges.index("byRunDirection").getAll([list.of, "output"], count)).map(line);
    case "parents": {
      const ofChild = IDBKeyRange.bound([list.of], [list.of, []]);
      return (await derivations.getAll(ofChild, count)).map(derivedLine);
    }
    case "children":
      return (await derivations.index("byParent").getAll(list.of, count)).map(derivedLine);
    default:
      return assertNever(list);
  }
}

/** The line of a list that leads to `other`, if there is one. */
export async function findLink(
  tx: LinkTx,
  list: LinkList,
  other: LineageNodeId,
): Promise<LineageEdge | undefined> {
  const run = uidOf(other) as RunUid;
  const version = uidOf(other) as VersionUid;
  switch (list.kind) {
    case "producers":
      return edgeLine(tx, run, list.of, "output");
    case "users":
      return edgeLine(tx, run, list.of, "input");
    case "inputs":
      return edgeLine(tx, list.of, version, "input");
    case "outputs":
      return edgeLine(tx, list.of, version, "output");
    case "parents":
      return derivationLine(tx, list.of, version);
    case "children":
      return derivationLine(tx, version, list.of);
    default:
      return assertNever(list);
  }
}

/** The ends of all lines drawn by hand, or `null` where there are more than `most`. */
export async function derivedEnds(
  tx: ReadTx<"derivations">,
  most: number,
): Promise<{
  readonly children: ReadonlySet<VersionUid>;
  readonly parents: ReadonlySet<VersionUid>;
} | null> {
  const keys = await tx.objectStore("derivations").getAllKeys(null, most + 1);
  if (keys.length > most) return null;
  return {
    children: new Set(keys.map(([child]) => child)),
    parents: new Set(keys.map(([, parent]) => parent)),
  };
}

export function versionId(uid: VersionUid): LineageNodeId {
  return `version:${uid}`;
}

export function runId(uid: RunUid): LineageNodeId {
  return `run:${uid}`;
}

export function isRun(id: LineageNodeId): boolean {
  return id.startsWith("run:");
}

/** The id a node's version or run has in its store. */
export function uidOf(id: LineageNodeId): string {
  return id.slice(id.indexOf(":") + 1);
}

function line({ run, version, direction, createdAt, via }: EdgeRecord): LineageEdge {
  if (direction === "output")
    return { from: runId(run), to: versionId(version), kind: "output", createdAt };
  const used = { from: versionId(version), to: runId(run), kind: "input", createdAt } as const;
  if (via === undefined) return used;
  const { registryName: registry, collection, number } = via;
  return { ...used, via: { registry, collection, number } };
}

function derivedLine({ child, parent, createdAt }: DerivationRecord): LineageEdge {
  return { from: versionId(parent), to: versionId(child), kind: "derived", createdAt };
}

async function edgeLine(
  tx: ReadTx<"edges">,
  ...key: [RunUid, VersionUid, EdgeRecord["direction"]]
): Promise<LineageEdge | undefined> {
  const edge = await tx.objectStore("edges").get(key);
  return edge === undefined ? undefined : line(edge);
}

async function derivationLine(
  tx: ReadTx<"derivations">,
  ...key: [child: VersionUid, parent: VersionUid]
): Promise<LineageEdge | undefined> {
  const derivation = await tx.objectStore("derivations").get(key);
  return derivation === undefined ? undefined : derivedLine(derivation);
}
