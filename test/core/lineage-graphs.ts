// Lineage graphs for tests: from a few words, and any at all.
import fc from "fast-check";
import type {
  LineageEdge,
  LineageGraph,
  LineageNode,
  LineageNodeId,
} from "../../src/core/lineage.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../../src/core/names.ts";
import type { RunUid, VersionUid } from "../../src/core/records.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { digestOfByte } from "./arbitraries.ts";

const AT = "2026-01-02T03:04:05.000Z";

/** `net:3` is a version, anything else a run. A project comes before a slash; `p` is the usual one. */
export function idOf(word: string): LineageNodeId {
  return word.includes(":")
    ? `version:${word.replace(":", ".") as VersionUid}`
    : `run:${word as RunUid}`;
}

/** The node that a word stands for. */
export function nodeOf(word: string, more: Partial<LineageNode> = {}): LineageNode {
  const [, project = "p", rest = word] = /^(?:(.+)\/)?(.+)$/.exec(word) ?? [];
  const id = idOf(word);
  const base = { depth: 1, hasMore: false, project: project as ProjectName };
  if (id.startsWith("run:"))
    return {
      ...base,
      kind: "run",
      id,
      uid: word as RunUid,
      name: rest,
      state: "finished",
      startedAt: AT,
      isDeleted: false,
      ...more,
    } as LineageNode;
  const [name = "", number = "0"] = rest.split(":");
  return {
    ...base,
    kind: "version",
    id,
    uid: id.slice("version:".length) as VersionUid,
    name: name as ArtifactName,
    type: "model" as ArtifactType,
    number: Number(number) as VersionNumber,
    digest: digestOfByte(Number(number) % 256),
    aliases: [] as Alias[],
    sizeBytes: 12,
    fileCount: 1,
    createdAt: AT,
    state: "live",
    collections: [],
    ...more,
  } as LineageNode;
}

/** A graph from lines such as `data:0 > train-1 > net:1`; the first word is the focus. */
export function graphOf(...lines: readonly string[]): LineageGraph {
  const edges = lines.flatMap((line) => {
    const words = line.split(" > ");
    return words.slice(1).map((to, i) => edgeOf(words[i] ?? "", to));
  });
  const words = [...new Set(lines.flatMap((line) => line.split(" > ")))];
  return {
    focus: idOf(words[0] ?? ""),
    nodes: words.map((word, i) => nodeOf(word, { depth: i === 0 ? 0 : 1 })),
    edges,
    truncated: { byDepth: false, bySize: false },
  };
}

function edgeOf(from: string, to: string): LineageEdge {
  const [a, b] = [idOf(from), idOf(to)];
  const kind = a.startsWith("run:") ? "output" : b.startsWith("run:") ? "input" : "derived";
  return { from: a, to: b, kind, createdAt: AT };
}

/** Any graph of a few names, so that many nodes are alike; circles among them. */
export const anyGraph: fc.Arbitrary<LineageGraph> = fc
  .record({
    words: fc.uniqueArray(
      fc.oneof(
        fc.tuple(fc.constantFrom("a", "b", "o/c"), fc.nat(30)).map(([name, n]) => `${name}:${n}`),
        fc.tuple(fc.constantFrom("train-", "eval-", "o/x"), fc.nat(30)).map(([s, n]) => `${s}${n}`),
      ),
      { minLength: 1, maxLength: 60 },
    ),
    links: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 90 }),
  })
  .map(({ words, links }) => {
    const edges = new Map<string, LineageEdge>();
    for (const [a, b] of links) {
      const [from = "", to = ""] = [words[a % words.length], words[b % words.length]];
      if (from === to || !(from.includes(":") || to.includes(":"))) continue;
      edges.set(`${from} ${to}`, edgeOf(from, to));
    }
    return { ...graphOf(...words), focus: idOf(words[0] ?? ""), edges: [...edges.values()] };
  });
