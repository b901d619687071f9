import { describe, expect, it } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { Alias, ArtifactName, ProjectName } from "../../../src/core/names.ts";
import type {
  ArtifactSummary,
  SearchHit,
  VersionSummary,
} from "../../../src/protocol/browse-api.ts";
import type { ProjectRecord } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { connected } from "../../support/sync-views.ts";
import { findOptions } from "../../../src/ui/screens/compare/version-options.ts";

const HOME = { project: "digits" as ProjectName, name: "cnn" as ArtifactName };

/** Its newest version was logged since the last sync. */
function summary(number: number, ...aliases: string[]): VersionSummary {
  const version: Partial<VersionSummary["version"]> = {
    number: number as VersionNumber,
    createdAt: "2026-01-01T00:00:00Z",
    sizeBytes: 1,
    ...(number < 12 && { isFixed: true as const }),
  };
  return { version: version as VersionSummary["version"], aliases: aliases as Alias[] };
}

const SYNCED = connected({
  projects: [{ name: HOME.project, keepLocal: false, never: [] }],
});

const VERSIONS: Readonly<Record<string, readonly VersionSummary[]>> = {
  "digits/cnn": [summary(12, "latest", "prod"), summary(2), summary(1, "best")],
  "other/net": [summary(0, "latest")],
};

const HITS: readonly SearchHit[] = [
  { kind: "project", project: "other" },
  { kind: "artifact", project: "other", name: "net", by: "name" },
  {
    ...HOME,
    kind: "version",
    number: 12 as VersionNumber,
    by: "alias",
    text: "prod",
  },
];

const store: Parameters<typeof findOptions>[0] = {
  listVersions: async (project, name) => {
    const found = VERSIONS[`${project}/${name}`];
    if (found === undefined) throw new CairnError("not_found", { what: "artifact", name });
    return found;
  },
  search: async () => HITS,
  listProjects: async () => [{ name: HOME.project } as ProjectRecord],
  listArtifacts: async () => [{ artifact: { name: HOME.name } } as ArtifactSummary],
};

const specs = async (typed: string, home: typeof HOME | null = HOME): Promise<readonly string[]> =>
  (await findOptions(store, typed, home, [])).map(({ spec }) => spec);

describe("versions to choose", () => {
  it("are those of the artifact that is looked at, when nothing is typed", async () => {
    expect(await specs("")).toEqual(["digits/cnn:v12", "digits/cnn:v2", "digits/cnn:v1"]);
  });

  it("are those whose number or alias starts with what is typed, then what else is found", async () => {
    expect(await specs("v1")).toEqual(["digits/cnn:v12", "digits/cnn:v1", "other/net:latest"]);
    expect((await specs("PR"))[0]).toBe("digits/cnn:v12");
  });

  it("are those of the artifact before a colon, in its project or another", async () => {
    expect(await specs("cnn:be")).toEqual(["digits/cnn:v1"]);
    expect(await specs("other/net:")).toEqual(["other/net:v0"]);
    expect(await specs("other/nothing:")).toEqual([]);
    expect(await specs("net:", null)).toEqual([]);
  });

  it("are the newest of every artifact where there is nothing near", async () => {
    expect(await specs("", null)).toEqual(["digits/cnn:latest"]);
    const nothing = { ...HOME, name: "nothing" as ArtifactName };
    expect(await specs("", nothing)).toEqual(["digits/cnn:latest"]);
  });

  it("[S3] say whose numbers may still change, found by number or by alias", async () => {
    const provisional = async (typed: string, home: typeof HOME | null) =>
      (await findOptions(store, typed, home, [SYNCED]))
        .filter(({ isProvisional }) => isProvisional)
        .map(({ spec }) => spec);
    expect(await provisional("", HOME)).toEqual(["digits/cnn:v12"]);
    expect(await provisional("prod", null)).toEqual(["digits/cnn:v12"]);
    expect(await provisional("v1", HOME)).toEqual(["digits/cnn:v12"]);
  });

  it("are each there once", async () => {
    const found = await specs("prod");
    expect(new Set(found).size).toBe(found.length);
  });
});
