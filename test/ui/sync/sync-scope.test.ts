import { describe, expect, it } from "vitest";
import type { ProjectRecord } from "../../../src/core/records.ts";
import type { RegistrySummary } from "../../../src/protocol/registry-link-api.ts";
import { offeredProjects, offeredRegistries } from "../../../src/ui/state/sync-offer.ts";
import {
  choiceOf,
  firstChoice,
  neverOf,
  NOTHING,
  withAll,
  withChoice,
  withRegistry,
} from "../../../src/ui/state/sync-scope.ts";
import { remoteView } from "../../support/sync-views.ts";

describe("what syncs, a piece at a time [S1]", () => {
  const two = withChoice(withChoice(NOTHING, "a", firstChoice("a")), "b", firstChoice("b"));

  it("a project comes and goes, and the others stay as they are", () => {
    expect(two.projects.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(choiceOf(two, "a")).toEqual({ name: "a", keepLocal: false, never: [] });
    expect(withChoice(two, "a", null).projects).toEqual([firstChoice("b")]);
    expect(NOTHING.projects).toEqual([]);
  });

  it("a change keeps its place", () => {
    const kept = withChoice(two, "a", { ...firstChoice("a"), keepLocal: true });
    expect(kept.projects.map(({ name, keepLocal }) => [name, keepLocal])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it("all are chosen at once, and what was chosen before stays as it is", () => {
    const kept = withChoice(two, "b", { ...firstChoice("b"), keepLocal: true });
    const all = withAll(withRegistry(kept, "r", true), ["b", "c"], ["r", "s"]);
    expect(all.projects).toEqual([...kept.projects, firstChoice("c")]);
    expect(all.registries).toEqual(["r", "s"]);
  });

  it("a registry is there once", () => {
    const one = withRegistry(withRegistry(two, "r", true), "r", true);
    expect(one.registries).toEqual(["r"]);
    expect(withRegistry(one, "r", false)).toEqual(two);
  });

  it("what never leaves is in order, each once", () => {
    expect(neverOf(["b", "a", "b"])).toEqual(["a", "b"]);
  });
});

describe("what can sync with a repository", () => {
  const project = (name: string, deletedAt: string | null = null): ProjectRecord =>
    ({ name, deletedAt, versionCount: 2, sizeBytes: 10 }) as ProjectRecord;

  it("is what is here, there, or both; deleted projects are not offered", () => {
    const offered = offeredProjects(
      [project("b"), project("a"), project("gone", "2026-01-01T00:00:00.000Z")],
      { projects: ["b", "c"] },
      [],
    );
    expect(offered.map(({ name, where }) => [name, where])).toEqual([
      ["a", "here"],
      ["b", "both"],
      ["c", "there"],
    ]);
    expect(offered[1]?.size).toEqual({ versions: 2, bytes: 10 });
    expect(offered[2]?.size).toBeNull();
  });

  it("says where a project syncs already [S3]", () => {
    const other = remoteView({ scope: { projects: [firstChoice("a")], registries: [] } });
    const offered = offeredProjects([project("a"), project("b")], { projects: [] }, [other]);
    expect(offered.map(({ elsewhere }) => elsewhere)).toEqual([other, null]);
  });

  it("registries go by their uid, under the name they have here", () => {
    const here = [{ uid: "r1", name: "models" }] as unknown as readonly RegistrySummary[];
    const there = [
      { uid: "r1", name: "their-models" },
      { uid: "r2", name: "data" },
    ] as unknown as Parameters<typeof offeredRegistries>[1]["registries"];
    expect(offeredRegistries(here, { registries: there })).toEqual([
      { uid: "r2", name: "data", where: "there" },
      { uid: "r1", name: "models", where: "both" },
    ]);
  });
});
