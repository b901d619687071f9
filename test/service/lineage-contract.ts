// The rules of the lineage graph, against any IndexedDB.
import { describe, expect, test, vi } from "vitest";
import {
  DEFAULT_LINEAGE,
  type LineageGraph,
  type LineageNode,
  type LineageNodeId,
  type LineageOptions,
} from "../../src/core/lineage.ts";
import type { VersionRecord } from "../../src/core/records.ts";
import { lineage, lineageAround } from "../../src/service/browse/lineage.ts";
import { openRows, type Rows } from "../support/rows.ts";

/** A node as `name:v1` or the run's name, with what is left out around it. */
function label(node: LineageNode): string {
  const name = node.kind === "run" ? node.name : `${node.name}:v${node.number}`;
  return `${name}@${node.depth}${node.hasMore ? "+" : ""}`;
}

function labels(graph: LineageGraph): readonly string[] {
  return graph.nodes.map(label);
}

/** Edges as `from kind to`, sorted. */
function lines({ nodes, edges }: LineageGraph): readonly string[] {
  const names = new Map(nodes.map((node) => [node.id, label(node).replace(/@.*/, "")]));
  return edges
    .map(({ from, to, kind }) => `${names.get(from)} ${kind} ${names.get(to)}`)
    .toSorted();
}

function graphOf(
  { read }: Rows,
  spec: string,
  options: Partial<LineageOptions> = {},
): Promise<LineageGraph> {
  return lineage(read, spec, "p", { ...DEFAULT_LINEAGE, ...options });
}

/** raw → clean-run → clean → train-run → net, and net → eval-run → report. */
async function chain(rows: Rows) {
  const raw = await rows.version("p/raw", 0);
  const clean = await rows.version("p/clean", 0);
  const net = await rows.version("p/net", 0);
  const report = await rows.version("other/report", 0);
  const [cleaning, training, judging] = [
    await rows.run("p/cleaning"),
    await rows.run("p/training", { state: "running" }),
    await rows.run("other/judging"),
  ];
  await rows.edge(cleaning, raw, "input");
  await rows.edge(cleaning, clean, "output");
  await rows.edge(training, clean, "input");
  await rows.edge(training, net, "output");
  await rows.edge(judging, net, "input");
  await rows.edge(judging, report, "output");
  return { raw, clean, net, report, cleaning, training, judging };
}

export function lineageContract(): void {
  describe("lineage", () => {
    test("[R5] goes both ways across runs and projects, nearest first, with what a page shows", async () => {
      const rows = await openRows();
      const { net, training } = await chain(rows);
      await rows.alias("p/net", "prod", 0);
      const graph = await graphOf(rows, "net");
      expect(graph.focus).toBe(`version:${net.uid}`);
      expect(labels(graph)).toEqual([
        "net:v0@0",
        "training@1",
        "judging@1",
        "clean:v0@2",
        "report:v0@2",
        "cleaning@3",
        "raw:v0@4",
      ]);
      expect(lines(graph)).toEqual([
        "clean:v0 input training",
        "cleaning output clean:v0",
        "judging output report:v0",
        "net:v0 input judging",
        "raw:v0 input cleaning",
        "training output net:v0",
      ]);
      expect(graph.truncated).toEqual({ byDepth: false, bySize: false });
      const { uid, digest, createdAt } = net;
      expect(graph.nodes[0]).toEqual({
        kind: "version",
        id: `version:${uid}`,
        depth: 0,
        hasMore: false,
        uid,
        project: "p",
        name: "net",
        type: "model",
        number: 0,
        digest,
        aliases: ["latest", "prod"],
        sizeBytes: 10,
        fileCount: 1,
        createdAt,
        state: "live",
        collections: [],
      });
      expect(graph.nodes[1]).toEqual({
        kind: "run",
        id: `run:${training.uid}`,
        depth: 1,
        hasMore: false,
        uid: training.uid,
        project: "p",
        name: "training",
        state: "running",
        startedAt: training.startedAt,
        isDeleted: false,
      });
    });

    test("[R5] goes on around opened nodes, and starts at a run as well", async () => {
      const rows = await openRows();
      const { net, clean, training } = await chain(rows);
      const near = { ...DEFAULT_LINEAGE, depth: 1 };
      const around = (id: LineageNodeId, ...opened: LineageNodeId[]) =>
        lineageAround(rows.read, id, near, opened);
      const netId = `version:${net.uid}` as const;
      expect(labels(await around(netId))).toEqual(["net:v0@0", "training@1+", "judging@1+"]);
      const opened = await around(netId, `run:${training.uid}`, `version:${clean.uid}`);
      expect(labels(opened)).toEqual([
        "net:v0@0",
        "training@1",
        "judging@1+",
        "clean:v0@2",
        "cleaning@3+",
      ]);
      expect(opened.truncated).toEqual({ byDepth: true, bySize: false });
      expect(labels(await around(`run:${training.uid}`))).toEqual([
        "training@0",
        "clean:v0@1+",
        "net:v0@1+",
      ]);
    });

    test("[R5] up is what it came from, down what came of it", async () => {
      const rows = await openRows();
      await chain(rows);
      expect(labels(await graphOf(rows, "clean", { direction: "up" }))).toEqual([
        "clean:v0@0",
        "cleaning@1",
        "raw:v0@2",
      ]);
      const down = await graphOf(rows, "clean", { direction: "down" });
      expect(labels(down)).toEqual([
        "clean:v0@0",
        "training@1",
        "net:v0@2",
        "judging@3",
        "report:v0@4",
      ]);
      expect(lines(down)).toHaveLength(4);
    });

    test("[R5] up leaves out what else a source was used for; both takes it in", async () => {
      const rows = await openRows();
      const { raw } = await chain(rows);
      const sibling = await rows.run("p/sibling");
      await rows.edge(sibling, raw, "input");
      expect(labels(await graphOf(rows, "net", { direction: "up" }))).not.toContain("sibling@5");
      expect(labels(await graphOf(rows, "net"))).toContain("sibling@5");
    });

    test("[R3] lines drawn by hand are part of it", async () => {
      const rows = await openRows();
      const base = await rows.version("p/base", 0);
      const tuned = await rows.version("p/tuned", 0);
      const small = await rows.version("p/small", 0);
      await rows.derive(tuned, base);
      await rows.derive(small, tuned);
      const graph = await graphOf(rows, "tuned");
      expect(labels(graph)).toEqual(["tuned:v0@0", "base:v0@1", "small:v0@1"]);
      expect(lines(graph)).toEqual(["base:v0 derived tuned:v0", "tuned:v0 derived small:v0"]);
      expect(labels(await graphOf(rows, "tuned", { direction: "up" }))).toHaveLength(2);
    });

    test("[R2] a run that used and logged one version keeps both edges, and the circle ends", async () => {
      const rows = await openRows();
      const net = await rows.version("p/net", 0);
      const run = await rows.run("p/again");
      await rows.edge(run, net, "input");
      await rows.edge(run, net, "output");
      for (const direction of ["up", "down", "both"] as const) {
        const graph = await graphOf(rows, "net", { direction });
        expect(labels(graph)).toEqual(["net:v0@0", "again@1"]);
      }
      expect(lines(await graphOf(rows, "net"))).toEqual([
        "again output net:v0",
        "net:v0 input again",
      ]);
    });

    test("[R4] deleted runs and versions are named: in the trash, and after", async () => {
      const rows = await openRows();
      const { raw, clean } = await chain(rows);
      const run = await rows.run("p/gone", { deletedAt: "2026-02-01T00:00:00.000Z" });
      await rows.edge(run, await rows.version("p/net", 1), "output");
      await rows.edge(run, clean, "input");
      await rows.alias("p/clean", "old", 0);
      await rows.remove(clean, "in_trash");
      await rows.remove(raw, "deleted");
      const { nodes } = await graphOf(rows, "net:v1", { direction: "up" });
      expect(nodes).toMatchObject([
        { name: "net", number: 1, state: "live" },
        { kind: "run", name: "gone", isDeleted: true },
        { name: "clean", state: "in_trash", aliases: [] },
        { name: "cleaning", isDeleted: false },
        { name: "raw", state: "deleted" },
      ]);
    });

    test("[R5] hops left out are told, at the nodes and for the graph", async () => {
      const rows = await openRows();
      await chain(rows);
      const near = await graphOf(rows, "net", { depth: 1 });
      expect(labels(near)).toEqual(["net:v0@0", "training@1+", "judging@1+"]);
      expect(near.truncated).toEqual({ byDepth: true, bySize: false });
      const enough = await graphOf(rows, "net", { depth: 4 });
      expect(enough.truncated).toEqual({ byDepth: false, bySize: false });
      expect(labels(await graphOf(rows, "net", { depth: 0 }))).toEqual(["net:v0@0+"]);
    });

    test("[R5] nodes left out for their number are told, at the nodes and for the graph", async () => {
      const rows = await openRows();
      await chain(rows);
      const few = await graphOf(rows, "net", { maxNodes: 3 });
      expect(labels(few)).toEqual(["net:v0@0", "training@1+", "judging@1+"]);
      expect(few.truncated).toEqual({ byDepth: false, bySize: true });
      expect((await graphOf(rows, "net", { maxNodes: 7 })).truncated.bySize).toBe(false);
    });

    test("[R5] lines between the outermost nodes are there too", async () => {
      const rows = await openRows();
      const data = await rows.version("p/data", 0);
      const tuned = await rows.version("p/tuned", 0);
      const run = await rows.run("p/run");
      await rows.edge(run, data, "input");
      await rows.edge(run, tuned, "output");
      await rows.derive(tuned, data);
      const graph = await graphOf(rows, "data", { depth: 1 });
      expect(lines(graph)).toEqual([
        "data:v0 derived tuned:v0",
        "data:v0 input run",
        "run output tuned:v0",
      ]);
      expect(graph.truncated.byDepth).toBe(false);
    });

    test("[R5] a hub is read no further than needed, and leaves room for the others", async () => {
      const rows = await openRows();
      const { clean } = await chain(rows);
      await useOften(rows, clean, 300);
      const reads = vi.spyOn(IDBIndex.prototype, "getAll");
      const graph = await graphOf(rows, "clean", { maxNodes: 20 });
      const counts = reads.mock.calls
        .filter((_, i) => /Direction$|Parent$/.test((reads.mock.contexts[i] as IDBIndex).name))
        .map(([, count]) => count ?? Number.POSITIVE_INFINITY);
      reads.mockRestore();
      expect(counts.length).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBeLessThan(100);
      expect(graph.nodes).toHaveLength(20);
      expect(labels(graph)).toContain("cleaning@1+");
      expect(graph.nodes[0]?.hasMore).toBe(true);
      expect(graph.truncated).toEqual({ byDepth: false, bySize: true });
    });

    test("[R5] all of a hub is read when there is room for it", async () => {
      const rows = await openRows();
      const { clean } = await chain(rows);
      await useOften(rows, clean, 300);
      const graph = await graphOf(rows, "clean", { depth: 1, maxNodes: 1000 });
      expect(graph.nodes).toHaveLength(303);
      expect(graph.edges).toHaveLength(302);
      expect(graph.nodes[0]?.hasMore).toBe(false);
    });

    test("[A1] each version has its own aliases, also where the artifact has very many", async () => {
      const rows = await openRows();
      const old = await rows.version("p/net", 0);
      const tuned = await rows.version("p/net", 1);
      await rows.derive(tuned, old);
      await rows.alias("p/net", "zz", 1);
      const aliases = async () =>
        (await graphOf(rows, "net")).nodes.map((node) => node.kind === "version" && node.aliases);
      expect(await aliases()).toEqual([["latest", "zz"], []]);
      const many = Array.from({ length: 70 }, (_, i) => `a${String(i).padStart(2, "0")}`);
      for (const alias of many) await rows.alias("p/net", alias, 0);
      expect(await aliases()).toEqual([["latest", "zz"], many]);
    });

    test("[R3 R5] many lines drawn by hand are read like any others", async () => {
      const rows = await openRows();
      const base = await rows.version("p/base", 0);
      const net = await rows.version("p/net", 0);
      await rows.derive(base, net);
      for (let i = 0; i < 300; i++) await rows.derive(await rows.version("p/tuned", i), base);
      const graph = await graphOf(rows, "base", { maxNodes: 1000 });
      expect(graph.nodes).toHaveLength(302);
      expect(graph.edges).toHaveLength(301);
      expect(labels(await graphOf(rows, "tuned:v7", { direction: "up" }))).toEqual([
        "tuned:v7@0",
        "base:v0@1",
        "net:v0@2",
      ]);
    });

    test.each(["down", "both"] as const)(
      "[R5] %s: a line in the unread rest of a hub is found when both its ends are in the graph",
      async (direction) => {
        const rows = await openRows();
        const others = [];
        for (let i = 0; i < 40; i++) others.push(await rows.version("p/other", i));
        const root = await rows.version("p/root", 0);
        const data = await rows.version("p/data", 0);
        const tuned = await rows.version("p/tuned", 0);
        await rows.derive(data, root);
        await rows.derive(tuned, root);
        await useOften(rows, data, 100);
        // The last of the hub's users, with more inputs of its own than are read; found through `tuned`.
        const late = await rows.run("p/late");
        for (const version of [...others, data, tuned]) await rows.edge(late, version, "input");
        const graph = await graphOf(rows, "root", { direction, maxNodes: 36 });
        expect(labels(graph).join()).toContain("late@2");
        expect(lines(graph)).toContain("data:v0 input late");
      },
    );

    test("[N7] the focus is named by a spec, and refused as there", async () => {
      const rows = await openRows();
      const { raw } = await chain(rows);
      await expect(graphOf(rows, "p/nothing")).rejects.toMatchObject({ code: "not_found" });
      await expect(graphOf(rows, "a:b:c")).rejects.toMatchObject({ code: "invalid_spec" });
      await rows.remove(raw, "in_trash");
      await expect(graphOf(rows, "raw:v0")).rejects.toMatchObject({ code: "in_trash" });
    });
  });
}

/** Makes runs that use a version. */
async function useOften(rows: Rows, version: VersionRecord, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await rows.edge(await rows.run(`p/use-${i}`), version, "input");
}
