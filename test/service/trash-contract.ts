// The rules of deleting and restoring, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { VersionNumber } from "../../src/core/version.ts";
import type { DeleteTarget } from "../../src/protocol/trash-api.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";

function versions(...numbers: number[]): DeleteTarget {
  return { kind: "versions", project: "digits", name: "net", numbers: numbers as VersionNumber[] };
}

const NET: DeleteTarget = { kind: "artifact", project: "digits", name: "net" };
const DIGITS: DeleteTarget = { kind: "project", project: "digits" };

async function latestOf({ api }: Harness): Promise<number> {
  return (await api.getVersion("digits", "net", "latest")).version.number;
}

async function textOf({ api }: Harness, number: number, path: string): Promise<string> {
  return (await api.getFile("digits", "net", number as VersionNumber, path)).text();
}

export function trashContract(): void {
  describe("deleting and restoring", () => {
    test("[D1] a deleted version is gone from every list, and restoring brings all of it back", async () => {
      const cairn = await openHarness();
      await log(cairn.api, { a: "1" }, { aliases: ["best"], metadata: '{"x":1}' });
      await log(cairn.api, { a: "2" });
      const before = await cairn.api.getArtifact("digits", "net");
      const { trash } = await cairn.api.deleteVersions(versions(0), ["best"]);
      expect((await cairn.api.getArtifact("digits", "net")).versions).toHaveLength(1);
      expect(await codeOf(cairn.api.getVersion("digits", "net", "v0"))).toBe("in_trash");
      expect(await codeOf(cairn.api.getVersion("digits", "net", "best"))).toBe("not_found");
      expect(await cairn.api.restore(trash)).toEqual({
        versions: 1,
        aliases: ["best"],
        takenAliases: [],
      });
      const after = await cairn.api.getArtifact("digits", "net");
      expect(after.versions).toEqual(before.versions);
      expect(await textOf(cairn, 0, "a")).toBe("1");
      expect(await cairn.api.listTrash()).toEqual([]);
    });

    test("[D1] an alias set elsewhere meanwhile is not taken back, and the answer says so", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["best", "prod"] });
      const next = await log(api, { a: "2" });
      const { trash } = await api.deleteVersions(versions(0), true);
      await api.setAlias({ ...next, number: next.version.number }, "prod");
      expect(await api.restore(trash)).toEqual({
        versions: 1,
        aliases: ["best"],
        takenAliases: ["prod"],
      });
      expect((await api.getVersion("digits", "net", "prod")).version.number).toBe(1);
    });

    test("[D1] a trash entry is restored once", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      const { trash } = await api.deleteVersions(NET, true);
      await api.restore(trash);
      expect(await codeOf(api.restore(trash))).toBe("not_found");
    });

    test("[A5] latest goes to the highest version left, and back when that is restored", async () => {
      const cairn = await openHarness();
      for (const a of ["1", "2", "3"]) await log(cairn.api, { a });
      const { trash } = await cairn.api.deleteVersions(versions(2), []);
      expect(await latestOf(cairn)).toBe(1);
      await cairn.api.deleteVersions(versions(0), []);
      expect(await latestOf(cairn)).toBe(1);
      await cairn.api.restore(trash);
      expect(await latestOf(cairn)).toBe(2);
    });

    test("[A6] a version that holds an alias goes only when the alias is confirmed by name", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["best", "prod"] });
      const before = await dump(ctx.db);
      expect(await codeOf(api.deleteVersions(versions(0), []))).toBe("aliases_held");
      expect(await codeOf(api.deleteVersions(versions(0), ["best"]))).toBe("aliases_held");
      expect(await dump(ctx.db)).toEqual(before);
      expect((await api.deleteVersions(versions(0), ["best", "prod"])).versions).toBe(1);
    });

    test("[A6] in a project an alias is confirmed with its artifact's name", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["best"] });
      expect(await codeOf(api.deleteVersions(DIGITS, ["best"]))).toBe("aliases_held");
      expect((await api.deleteVersions(DIGITS, ["net:best"])).versions).toBe(1);
    });

    test("[V1] numbers are never given out again, whatever is deleted, restored or emptied", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "2" });
      await api.deleteVersions(versions(1), []);
      expect((await log(api, { a: "3" })).version.number).toBe(2);
      await api.deleteVersions(NET, []);
      await api.emptyTrash(null);
      expect((await log(api, { a: "4" })).version.number).toBe(3);
    });

    test("[V6] content of a version in the trash gets a new number, and the answer names its twin", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "2" });
      const { trash } = await api.deleteVersions(versions(0), []);
      const again = await log(api, { a: "1" });
      expect(again).toMatchObject({
        created: true,
        version: { number: 2 },
        twinInTrash: { number: 0, trash },
      });
      await api.emptyTrash(null);
      expect((await log(api, { a: "1", b: "" })).twinInTrash).toBeNull();
    });

    test("[N4] a wholly deleted name keeps its type while its versions can be restored", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { type: "model" });
      await api.deleteVersions(NET, []);
      expect(await codeOf(log(api, { a: "2" }, { type: "dataset" }))).toBe("type_mismatch");
      await api.emptyTrash(null);
      expect((await log(api, { a: "2" }, { type: "dataset" })).version.number).toBe(1);
      expect((await api.getArtifact("digits", "net")).artifact.type).toBe("dataset");
    });

    test("[D1] a whole project goes and comes back with its artifacts, runs and counters", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { run: "train-1", aliases: ["best"] });
      await log(api, { a: "1" }, { name: "other" });
      const before = [await api.listProjects(), await api.listRuns("digits")];
      const { trash, versions: count } = await api.deleteVersions(DIGITS, true);
      expect(count).toBe(2);
      expect(await api.listProjects()).toEqual([]);
      expect(await api.getStorage()).toMatchObject({ versions: 0, logicalBytes: 0 });
      expect(await codeOf(api.listArtifacts("digits"))).toBe("in_trash");
      await api.restore(trash);
      const [projects, runs] = [await api.listProjects(), await api.listRuns("digits")];
      expect(projects.map((p) => ({ ...p, updatedAt: "" }))).toEqual(
        (before[0] ?? []).map((p) => ({ ...p, updatedAt: "" })),
      );
      expect(runs).toEqual(before[1]);
    });

    test("[D1] logging into a deleted project opens it again, without what is in the trash", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await api.deleteVersions(DIGITS, true);
      expect((await log(api, { a: "2" }, { name: "other" })).version.number).toBe(0);
      expect((await api.listArtifacts("digits")).map(({ artifact }) => artifact.name)).toEqual([
        "other",
      ]);
    });

    test("what isn't there can't be deleted", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      expect(await codeOf(api.deleteVersions(versions(0, 7), []))).toBe("not_found");
      const nothing: DeleteTarget = { kind: "artifact", project: "digits", name: "nothing" };
      expect(await codeOf(api.deleteVersions(nothing, []))).toBe("not_found");
      expect(await codeOf(api.planDelete({ kind: "project", project: "none" }))).toBe("not_found");
      expect((await api.getArtifact("digits", "net")).versions).toHaveLength(1);
    });
  });

  describe("keep rules", () => {
    test("[D4] a rule takes old versions into the trash, and spares what is named or marked", async () => {
      const { api } = await openHarness();
      for (const a of ["0", "1", "2", "3", "4"])
        await log(api, { a }, a === "1" ? { aliases: ["best"] } : {});
      const ref = { project: "digits", name: "net", number: 2 } as never;
      await api.editVersion(ref, { tags: ["golden"] });
      const rule = { lastN: 2, olderThanDays: null };
      expect(await api.planKeep("digits", "net", rule)).toEqual({
        goes: [0],
        spared: [
          { number: 1, because: "aliased" },
          { number: 2, because: "tagged" },
        ],
      });
      expect((await api.getArtifact("digits", "net")).versions).toHaveLength(5);
      expect((await api.setKeep("digits", "net", rule))?.versions).toBe(1);
      const { artifact, versions: left } = await api.getArtifact("digits", "net");
      expect(left.map(({ version }) => version.number)).toEqual([4, 3, 2, 1]);
      expect(artifact.keep).toEqual(rule);
    });

    test("[D4] a rule is applied again by itself", async () => {
      const { api, service } = await openHarness();
      await log(api, { a: "0" });
      await api.setKeep("digits", "net", { lastN: 1, olderThanDays: null });
      await log(api, { a: "1" });
      await service.keepHouse();
      expect((await api.getArtifact("digits", "net")).versions).toHaveLength(1);
      expect(await api.listTrash()).toMatchObject([{ byRule: true, numbers: [0] }]);
      await api.deleteVersions({ kind: "artifact", project: "digits", name: "net" }, []);
      expect((await api.listTrash()).map(({ byRule = false }) => byRule)).toEqual([false, true]);
    });
  });
}
