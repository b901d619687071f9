// What a merge tells of runs and whole projects.
import { describe, expect, test } from "vitest";
import { mergeProject } from "../../../src/core/sync/merge.ts";
import type { SharedProject, SharedRun } from "../../../src/core/sync/shared.ts";
import { ANN, BO, CNN, minute, project, PROJECT, run, runUid, trashed, version } from "./world.ts";

const merge = (base: SharedProject, remote: SharedProject, local: SharedProject) =>
  mergeProject({ base, remote, local, device: BO });

describe("[S4] a run edited on two devices", () => {
  const of = (fields: Partial<SharedRun>): SharedProject => project([], [run("r", fields)]);
  const base = of({});

  test("is as it was edited here, with a note of what was edited twice", () => {
    const there = of({ name: "theirs", config: { lr: 1 }, state: "failed", endedAt: minute(3) });
    const here = of({ name: "ours", state: "finished", endedAt: minute(4) });
    const { state, notes } = merge(base, there, here);
    expect(state.runs.get(runUid("r"))).toMatchObject({ name: "ours", config: { lr: 1 } });
    expect(notes).toEqual([
      { kind: "run-edited-twice", name: "ours", fields: ["name", "state", "endedAt"] },
    ]);
  });

  test.each([
    ["in different fields", of({ config: { lr: 1 } }), of({ name: "ours" })],
    ["in the same way", of({ name: "same" }), of({ name: "same" })],
    ["only there", of({ name: "theirs" }), base],
    ["only here", base, of({ name: "ours" })],
  ])("%s is nothing to know of", (_, there, here) => {
    expect(merge(base, { ...there }, here).notes).toEqual([]);
  });

  test("that the other doesn't know yet is nothing to know of, either", () => {
    expect(merge(project([]), of({ name: "theirs" }), of({ name: "ours" })).notes).toEqual([]);
  });
});

describe("[S5] a project that another device deleted", () => {
  const live = project([{ versions: [version("a", 0), version("b", 1)] }], [run("r")]);
  const deleted = { ...trashed("t"), by: ANN };
  const gone = project(
    [{ versions: [version("a", 0, { deleted }), version("b", 1, { deleted })] }],
    [run("r")],
    { deletedAt: minute(9) },
  );

  test("is told once, and not version by version", () => {
    const { state, notes } = merge(live, gone, live);
    expect(state.deletedAt).toBe(minute(9));
    expect(notes).toEqual([{ kind: "project-deleted", name: PROJECT, versions: 2, by: ANN }]);
  });

  test("is told though nothing in it was live", () => {
    const empty = project([], [run("r")]);
    expect(merge(empty, { ...empty, deletedAt: minute(9) }, empty).notes).toEqual([
      { kind: "project-deleted", name: PROJECT, versions: 0, by: null },
    ]);
  });

  test("stays where a version was logged here, and what was deleted of it is told", () => {
    const here = project(
      [{ versions: [version("a", 0), version("b", 1), version("c", 2, { by: BO })] }],
      [run("r")],
    );
    const { state, notes } = merge(live, gone, here);
    expect(state.deletedAt).toBeNull();
    expect(notes).toEqual([
      { kind: "deleted", name: CNN, number: 0, by: ANN },
      { kind: "deleted", name: CNN, number: 1, by: ANN },
    ]);
  });

  test("is nothing to know of where it was deleted here, too", () => {
    expect(merge(live, gone, gone).notes).toEqual([]);
  });
});
