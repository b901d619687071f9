// The rules of runs, uses and hand-drawn lines, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { RunUid } from "../../src/core/records.ts";
import { codeOf } from "../support/errors.ts";
import { memoryLocks } from "../support/memory-locks.ts";
import { aDraft, log, openHarness, refOf, stage } from "../support/service-harness.ts";

export function runsContract(): void {
  describe("runs", () => {
    test("[R1] a run has an id, a name of its own, its config, a state and times", async () => {
      const { api } = await openHarness();
      const run = await api.startRun("digits", "", { lr: 0.1 });
      expect(run).toMatchObject({ project: "digits", state: "running", config: { lr: 0.1 } });
      expect(run.name).toMatch(/^[a-z]+-[a-z]+-1$/);
      expect(run.endedAt).toBeNull();
      const ended = await api.endRun(run.uid, "finished");
      expect(ended.state).toBe("finished");
      expect(ended.endedAt).not.toBeNull();
      expect(await api.listRuns("digits")).toEqual([ended]);
    });

    test("[R1] starting a run makes its project", async () => {
      const { api } = await openHarness();
      await api.startRun("fresh", "first", {});
      expect((await api.listProjects()).map(({ name }) => name)).toEqual(["fresh"]);
      expect(await api.listArtifacts("fresh")).toEqual([]);
    });

    test("[R1] an ended run is taken up again by its id", async () => {
      const { api } = await openHarness();
      const { uid } = await api.startRun("digits", "train", {});
      await api.endRun(uid, "failed");
      expect(await api.resumeRun(uid)).toMatchObject({ uid, state: "running", endedAt: null });
      expect(await codeOf(api.resumeRun("none" as RunUid))).toBe("not_found");
    });

    test("[R1] a running run whose page went away is abandoned, one in a living tab is not", async () => {
      const name = `runs-${crypto.randomUUID()}`;
      const dead = await openHarness(name, { locks: memoryLocks() });
      await dead.api.startRun("digits", "dead", {});
      dead.close();
      const alive = await openHarness(name, { locks: memoryLocks() });
      await alive.api.startRun("digits", "alive", {});
      await alive.service.keepHouse();
      const runs = await alive.api.listRuns("digits");
      expect(runs.map((run) => [run.name, run.state])).toEqual([
        ["alive", "running"],
        ["dead", "abandoned"],
      ]);
    });

    test("[R1] a run that is over takes nothing more, until it is resumed", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      const { uid } = await api.startRun("digits", "train", {});
      await api.endRun(uid, "finished");
      expect(await codeOf(api.useVersion("net", "digits", uid, null))).toBe("run_over");
      expect(await codeOf(log(api, { a: "2" }, { runUid: uid }))).toBe("run_over");
      expect((await api.getArtifact("digits", "net")).versions).toHaveLength(1);
      await api.resumeRun(uid);
      expect((await log(api, { a: "2" }, { runUid: uid })).created).toBe(true);
    });

    test("[R4] a deleted run leaves its name at the end of its edges, and can be restored", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { run: "train-1" });
      const [run] = await api.listRuns("digits");
      if (run === undefined) throw new Error("no run");
      await api.deleteRun(run.uid);
      expect(await api.listRuns("digits")).toEqual([]);
      const { producedBy } = await api.getVersion("digits", "net", "v0");
      expect(producedBy).toMatchObject([{ name: "train-1", uid: run.uid }]);
      await api.restoreRun(run.uid);
      expect(await api.listRuns("digits")).toEqual([run]);
    });
  });

  describe("lineage that is recorded", () => {
    test("[U1] use resolves and records, resolve does not record", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["prod"] });
      const { uid } = await api.startRun("digits", "eval", {});
      expect((await api.resolve("net:prod", "digits")).usedBy.count).toBe(0);
      expect(await ctx.db.count("edges")).toBe(0);
      await api.useVersion("net:prod", "digits", uid, "model");
      const { usedBy } = await api.resolve("net", "digits");
      expect(usedBy).toMatchObject({ count: 1, items: [{ uid, name: "eval" }] });
    });

    test("[U1] another type than the one asserted is an error that names both, and records nothing", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { type: "model" });
      const { uid } = await api.startRun("digits", "eval", {});
      await expect(api.useVersion("net", "digits", uid, "dataset")).rejects.toThrow(
        /“model”.*“dataset”/,
      );
      expect(await ctx.db.count("edges")).toBe(0);
    });

    test("[R2] one edge for a run, version and direction: the first time is kept", async () => {
      let minute = 10;
      const { api, ctx } = await openHarness(undefined, {
        ctx: { now: () => `2026-01-01T00:${minute}:00.000Z` },
      });
      await log(api, { a: "1" });
      const { uid } = await api.startRun("digits", "eval", {});
      await api.useVersion("net", "digits", uid, null);
      minute++;
      await api.useVersion("net:v0", "digits", uid, null);
      await log(api, { a: "1" }, { runUid: uid });
      const edges = await ctx.db.getAll("edges");
      expect(edges.map(({ direction, createdAt }) => [direction, createdAt])).toEqual([
        ["input", "2026-01-01T00:10:00.000Z"],
        ["output", "2026-01-01T00:11:00.000Z"],
      ]);
    });

    test("[R2] a run may use versions of other projects", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { project: "data", name: "set" });
      const { uid } = await api.startRun("digits", "train", {});
      await api.useVersion("data/set", "digits", uid, null);
      const graph = await api.lineage("data/set", null, {
        depth: 1,
        direction: "down",
        maxNodes: 10,
      });
      expect(graph.nodes.map((node) => [node.kind, node.project, node.name])).toEqual([
        ["version", "data", "set"],
        ["run", "digits", "train"],
      ]);
    });

    test("[R2] producers and users are added by hand after the fact", async () => {
      const { api } = await openHarness();
      const ref = refOf(await log(api, { a: "1" }));
      await api.addRunEdge(ref, "train-1", "output");
      await api.addRunEdge(ref, "eval-1", "input");
      const { producedBy, usedBy } = await api.getVersion("digits", "net", "v0");
      expect(producedBy.map(({ name }) => name)).toEqual(["train-1"]);
      expect(usedBy.items.map(({ name }) => name)).toEqual(["eval-1"]);
      expect(await codeOf(api.addRunEdge(ref, "  ", "input"))).toBe("invalid_text");
    });

    test("[R2] a line to a run is taken back and drawn again, each with its event", async () => {
      const { api } = await openHarness();
      const ref = refOf(await log(api, { a: "1" }));
      const { run, isNewRun, isNewEdge } = await api.addRunEdge(ref, "train-1", "output");
      expect([isNewRun, isNewEdge]).toEqual([true, true]);
      const again = await api.addRunEdge(ref, "train-1", "output");
      expect(again).toEqual({ run, isNewRun: false, isNewEdge: false });
      await api.addRunEdge(ref, "train-1", "input");
      expect(await api.removeRunEdge(ref, run, "output")).toBe(1);
      expect((await api.getVersion("digits", "net", "v0")).producedBy).toEqual([]);
      expect(await codeOf(api.removeRunEdge(ref, run, "output"))).toBe("not_found");
      expect(await api.restoreRunEdge(ref, run, "output")).toBe(true);
      expect(await api.restoreRunEdge(ref, run, "output")).toBe(false);
      const { producedBy } = await api.getVersion("digits", "net", "v0");
      expect(producedBy.map(({ uid }) => uid)).toEqual([run]);
      const events = await api.listEvents({ subject: "digits/net:v0", limit: 9 });
      expect(events.slice(0, 2)).toMatchObject([
        { kind: "edge-added", after: { run, direction: "output" } },
        { kind: "edge-removed", before: { run, direction: "output" } },
      ]);
      expect(await codeOf(api.restoreRunEdge(ref, "none" as never, "input"))).toBe("not_found");
    });

    test("[R3] derived-from lines are drawn and taken back by hand, across artifacts and projects", async () => {
      const { api } = await openHarness();
      const parent = refOf(await log(api, { a: "1" }, { project: "base", name: "llm" }));
      const child = refOf(await log(api, { a: "2" }));
      expect(await api.addDerivation(child, "base/llm:v0")).toBe(true);
      expect(await api.addDerivation(child, "base/llm:v0")).toBe(false);
      expect((await api.getVersion("digits", "net", "v0")).derivedFrom).toEqual([
        { ...parent, state: "live" },
      ]);
      expect((await api.getVersion("base", "llm", "v0")).derivedTo).toEqual({
        items: [{ ...child, state: "live" }],
        count: 1,
      });
      expect(await api.removeDerivation(child, parent)).toBe(true);
      expect(await api.removeDerivation(child, parent)).toBe(false);
      expect((await api.getVersion("digits", "net", "v0")).derivedFrom).toEqual([]);
    });

    test("[R3] a version can't come from itself, over any number of steps", async () => {
      const { api } = await openHarness();
      const refs = [];
      for (const a of ["1", "2", "3"]) refs.push(refOf(await log(api, { a })));
      const [v0, v1, v2] = refs;
      if (v0 === undefined || v1 === undefined || v2 === undefined) throw new Error("no versions");
      await api.addDerivation(v1, "net:v0");
      await api.addDerivation(v2, "net:v1");
      expect(await codeOf(api.addDerivation(v0, "net:v2"))).toBe("would_loop");
      expect(await codeOf(api.addDerivation(v0, "net:v0"))).toBe("would_loop");
    });

    test("[V2 R2] a run that logs known content still gets its output edge", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      const { uid } = await api.startRun("digits", "again", {});
      const { ingest, entries } = await stage(api, { a: "1" });
      const result = await api.commitDraft(ingest, aDraft({ runUid: uid }), entries);
      expect(result.created).toBe(false);
      expect((await api.getVersion("digits", "net", "v0")).producedBy).toMatchObject([{ uid }]);
    });
  });
}
