import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALIKE_MIN, alikeSets, stemOf } from "../../src/core/lineage-alike.ts";
import { findInLineage } from "../../src/core/lineage-search.ts";
import { visibleGraph, type Unfolded, type VisibleGraph } from "../../src/core/lineage-view.ts";
import type { LineageGraph } from "../../src/core/lineage.ts";
import { anyGraph, graphOf, idOf, nodeOf } from "./lineage-graphs.ts";

const NOTHING: Unfolded = { sets: new Set(), nodes: new Set() };

/** `count` runs that each use the data and make a version. */
function sweep(count: number, ...more: string[]): LineageGraph {
  const runs = Array.from({ length: count }, (_, i) => `data:0 > train-${i} > net:${i}`);
  return graphOf(...runs, ...more);
}

function drawn({ nodes }: VisibleGraph): readonly string[] {
  return nodes.map((node) =>
    node.kind === "group" ? `${node.members.length} ${node.set.name}` : node.id,
  );
}

describe("alike nodes", () => {
  it("[R5] are drawn as one from five on, runs and what they made alike", () => {
    expect(drawn(visibleGraph(sweep(4), NOTHING))).toHaveLength(9);
    const graph = visibleGraph(sweep(5), NOTHING);
    expect(drawn(graph)).toEqual([idOf("data:0"), "5 train", "5 net"]);
    expect(graph.edges.map(({ count, kind }) => `${count} ${kind}`)).toEqual([
      "5 input",
      "5 output",
    ]);
  });

  it("leaves out what has something of its own around it, with what that came from", () => {
    const graph = visibleGraph(sweep(7, "net:3 > judge > report:0"), NOTHING);
    expect(drawn(graph)).toEqual(
      expect.arrayContaining(["6 train", "6 net", idOf("train-3"), idOf("net:3")]),
    );
  });

  it("takes runs by their neighbours where their names have nothing in common", () => {
    const names = ["quiet-heron-1", "amber-fox-2", "mossy-reed-3", "sly-owl-4", "old-oak-5"];
    const graph = graphOf(...names.map((name) => `data:0 > ${name}`));
    expect(drawn(visibleGraph(graph, NOTHING))).toEqual([idOf("data:0"), "5 null"]);
  });

  it("never takes a chain of versions for alike", () => {
    const chain = Array.from({ length: 30 }, (_, i) => `net:${i} > train-${i}`).join(" > ");
    expect(alikeSets(graphOf(`${chain} > net:30`))).toEqual([]);
  });

  it("[R5] keeps the focus and other projects apart", () => {
    const lines = Array.from({ length: 12 }, (_, i) => `data:0 > ${i < 6 ? "o/" : ""}x${i}`);
    const graph = graphOf(...lines);
    expect(drawn(visibleGraph(graph, NOTHING))).toEqual([idOf("data:0"), "6 x", "6 x"]);
    const focused = { ...graph, focus: idOf("x8") };
    expect(drawn(visibleGraph(focused, NOTHING))).toContain(idOf("x8"));
  });

  it("come out one by one, or all", () => {
    const graph = sweep(6);
    const [runs] = alikeSets(graph);
    if (runs === undefined) throw new Error("no set");
    const one = visibleGraph(graph, { ...NOTHING, nodes: new Set([idOf("train-2")]) });
    expect(drawn(one)).toEqual([idOf("data:0"), "5 train", "6 net", idOf("train-2")]);
    expect(one.setOf.get(idOf("train-2"))).toEqual(runs);
    const all = visibleGraph(graph, { ...NOTHING, sets: new Set([runs.id]) });
    expect(drawn(all)).toHaveLength(8);
    const most = new Set(runs.members.slice(1).map(({ id }) => id));
    expect(drawn(visibleGraph(graph, { ...NOTHING, nodes: most }))).toHaveLength(8);
  });

  it("[property] every node is visible once, alone or in one group, and every line is kept", () => {
    const unfolding = fc.record({ sets: fc.array(fc.nat()), nodes: fc.array(fc.nat()) });
    fc.assert(
      fc.property(anyGraph, unfolding, (graph, { sets, nodes }) => {
        const all = alikeSets(graph);
        const pick = <T>(from: readonly T[], places: readonly number[]): Set<T> =>
          new Set(places.flatMap((place) => from[place % Math.max(1, from.length)] ?? []));
        const visible = visibleGraph(graph, {
          sets: pick(
            all.map(({ id }) => id),
            sets,
          ),
          nodes: pick(
            graph.nodes.map(({ id }) => id),
            nodes,
          ),
        });
        const seen = visible.nodes.flatMap((node) =>
          node.kind === "group" ? node.members.map(({ id }) => id) : [node.id],
        );
        expect(seen.toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
        const inside = graph.edges.filter(
          ({ from, to }) => visible.placeOf.get(from) === visible.placeOf.get(to),
        );
        const counted = visible.edges.reduce((sum, { count }) => sum + count, 0);
        expect(counted + inside.length).toBe(graph.edges.length);
        const ids = new Set(visible.nodes.map(({ id }) => id));
        for (const { from, to } of visible.edges)
          expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
        for (const { members } of all) expect(members.length).toBeGreaterThanOrEqual(ALIKE_MIN);
      }),
    );
  });

  it("[property] alike ones have the same kinds of lines to the same sets", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const visible = visibleGraph(graph, NOTHING);
        const around = (id: string): readonly string[] =>
          [
            ...new Set(
              graph.edges.flatMap(({ from, to, kind }) => {
                if (from === id) return [`> ${kind} ${visible.placeOf.get(to) ?? ""}`];
                return to === id ? [`< ${kind} ${visible.placeOf.get(from) ?? ""}`] : [];
              }),
            ),
          ].toSorted();
        for (const node of visible.nodes) {
          if (node.kind !== "group") continue;
          // Neighbours that are alike, but too few for a group, are drawn apart: count their groups only.
          const groups = (id: string): readonly string[] =>
            around(id).filter((line) => line.includes(" alike:"));
          const [first] = node.members;
          for (const { id } of node.members) expect(groups(id)).toEqual(groups(first?.id ?? ""));
        }
      }),
    );
  });
});

describe("names of runs", () => {
  it.each([
    ["train-12", "train"],
    ["sweep 3", "sweep"],
    ["epoch#4", "epoch"],
    ["2026", "2026"],
    ["judge", "judge"],
  ])("%s begins as %s", (name, stem) => expect(stemOf(name)).toBe(stem));
});

describe("findInLineage", () => {
  const graph: LineageGraph = {
    ...graphOf("net:3 > o/judge-1 > report:0"),
    nodes: [
      nodeOf("net:3", { aliases: ["prod" as never] }),
      nodeOf("o/judge-1", { state: "failed" }),
      nodeOf("report:0", { type: "report" as never, state: "in_trash" } as never),
    ],
  };
  it.each([
    ["net:v3", ["net:3"]],
    ["PROD", ["net:3"]],
    ["failed", ["o/judge-1"]],
    ["o/", ["o/judge-1"]],
    ["in trash", ["report:0"]],
    ["e", ["net:3", "o/judge-1", "report:0"]],
    ["blake3:03", ["net:3"]],
    ["03", []],
    ["bl", []],
    [" ", []],
  ])("%s finds %j", (text, words) => expect(findInLineage(graph, text)).toEqual(words.map(idOf)));
});
