import { describe, expect, it } from "vitest";
import type { Alias, ArtifactType } from "../../../src/core/names.ts";
import type {
  ArtifactRecord,
  ProjectRecord,
  RunRecord,
  VersionRecord,
} from "../../../src/core/records.ts";
import type { Tag } from "../../../src/core/tags.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { ArtifactSummary } from "../../../src/protocol/browse-api.ts";
import { parseRoute } from "../../../src/ui/parse-route.ts";
import type { ProjectRoute } from "../../../src/ui/router.ts";
import {
  artifactSort,
  pressed,
  runSort,
  filteredArtifacts,
  sortedArtifacts,
  shownProjects,
  shownRuns,
} from "../../../src/ui/state/list-order.ts";

const summary = (
  name: string,
  versions: number,
  size: number,
  rest: Partial<ArtifactRecord> = {},
  aliases: readonly string[] = [],
): ArtifactSummary => ({
  artifact: {
    uid: `a-${name}`,
    project: "x",
    name,
    type: "model",
    tags: [],
    keep: null,
    lastNumber: versions - 1,
    versionCount: versions,
    sizeBytes: size * versions,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: `2026-01-0${versions}T00:00:00.000Z`,
    ...rest,
  } as ArtifactRecord,
  latest: { sizeBytes: size } as VersionRecord,
  aliases: aliases.map((alias) => ({ alias: alias as Alias, number: 0 as VersionNumber })),
});

const ARTIFACTS = [
  summary("net10", 1, 30, { tags: ["wide" as Tag] }, ["prod"]),
  summary("net2", 3, 20, { type: "dataset" as ArtifactType }),
  summary("Base", 2, 10, {}, ["best"]),
];

const route = (search: string): ProjectRoute => parseRoute(`#/p/x${search}`) as ProjectRoute;
const names = (search: string): readonly string[] =>
  filteredArtifacts(sortedArtifacts(ARTIFACTS, route(search).sort), route(search)).map(
    ({ artifact }) => artifact.name,
  );

describe("a project's artifacts", () => {
  it.each([
    ["", ["Base", "net2", "net10"]],
    ["?sort=-name", ["net10", "net2", "Base"]],
    ["?sort=size", ["Base", "net2", "net10"]],
    ["?sort=-versions", ["net2", "Base", "net10"]],
    ["?sort=updated", ["net10", "Base", "net2"]],
    ["?sort=nonsense", ["Base", "net2", "net10"]],
  ])("%s in order", (search, expected) => {
    expect(names(search)).toEqual(expected);
  });

  it.each([
    ["?type=dataset", ["net2"]],
    ["?alias=prod", ["net10"]],
    ["?tag=wide", ["net10"]],
    ["?q=BASE", ["Base"]],
    ["?q=best", ["Base"]],
    ["?q=wide", ["net10"]],
    ["?q=net&sort=-size", ["net10", "net2"]],
    ["?alias=prod&type=dataset", []],
  ])("%s filtered", (search, expected) => {
    expect(names(search)).toEqual(expected);
  });
});

describe("a project's runs", () => {
  const run = (name: string, state: string, startedAt: string, endedAt: string | null): RunRecord =>
    ({ name, state, startedAt, endedAt }) as RunRecord;
  const RUNS = [
    run("a", "finished", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"),
    run("b", "running", "2026-01-03T00:00:00Z", null),
    run("c", "failed", "2026-01-02T00:00:00Z", "2026-01-02T00:00:05Z"),
  ];
  it.each([
    ["", ["b", "c", "a"]],
    ["?sort=started", ["a", "c", "b"]],
    ["?sort=-duration", ["b", "a", "c"]],
    ["?sort=state", ["c", "a", "b"]],
    ["?state=failed", ["c"]],
    ["?q=A", ["a"]],
  ])("%s", (search, expected) => {
    expect(shownRuns(RUNS, route(search)).map(({ name }) => name)).toEqual(expected);
  });
});

describe("projects", () => {
  const PROJECTS = [
    { name: "b", sizeBytes: 1, versionCount: 9, updatedAt: "2026-01-02" },
    { name: "a", sizeBytes: 2, versionCount: 8, updatedAt: "2026-01-01" },
  ] as ProjectRecord[];
  it.each([
    [{}, ["b", "a"]],
    [{ sort: "name" }, ["a", "b"]],
    [{ sort: "-size" }, ["a", "b"]],
    [{ sort: "versions" }, ["a", "b"]],
    [{ query: "A" }, ["a"]],
  ])("%j", (asked, expected) => {
    expect(shownProjects(PROJECTS, { kind: "home", ...asked }).map(({ name }) => name)).toEqual(
      expected,
    );
  });
});

describe("a press on the head of a column", () => {
  it("sorts by it, the most first; again turns it round", () => {
    expect(pressed(artifactSort(""), "size")).toBe("-size");
    expect(pressed(artifactSort("-size"), "size")).toBe("size");
    expect(pressed(artifactSort("-size"), "name")).toBe("name");
    expect(pressed(artifactSort(""), "name")).toBe("-name");
    expect(pressed(runSort(""), "started")).toBe("started");
  });
});
