// The rules of reading what is there, against any IndexedDB.
import { describe, expect, test, vi } from "vitest";
import type { TrashUid } from "../../src/core/records.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import {
  artifactDetail,
  listArtifacts,
  listProjects,
  listRuns,
  listVersions,
  storageReport,
} from "../../src/service/browse/lists.ts";
import { resolve } from "../../src/service/browse/resolve.ts";
import { versionDetail } from "../../src/service/browse/version-detail.ts";
import { minute, openRows, type Rows } from "../support/rows.ts";
import { codeOf } from "../support/errors.ts";

async function deleteProject({ db }: Rows, name: string): Promise<void> {
  const row = await db.get("projects", name);
  if (row !== undefined) await db.put("projects", { ...row, deletedAt: minute(0) });
}

export function browseContract(): void {
  describe("a version's page", () => {
    test("[R4] names the runs that logged and used it, deleted ones too", async () => {
      const rows = await openRows();
      const net = await rows.version("p/net", 0);
      const maker = await rows.run("p/maker", { deletedAt: minute(9) });
      const user = await rows.run("q/user");
      await rows.edge(maker, net, "output");
      await rows.edge(maker, net, "input");
      await rows.edge(user, net, "input");
      const detail = await versionDetail(rows.read, "p", "net", "latest");
      expect(detail.producedBy).toEqual([maker]);
      expect(detail.usedBy).toEqual({ items: [maker, user], count: 2 });
    });

    test("[R5] names the earliest fifty users and counts the others", async () => {
      const rows = await openRows();
      const net = await rows.version("p/net", 0);
      for (let i = 0; i < 60; i++) await rows.edge(await rows.run(`p/r${i}`), net, "input");
      const { usedBy } = await versionDetail(rows.read, "p", "net", "v0");
      expect(usedBy.count).toBe(60);
      expect(usedBy.items).toHaveLength(50);
      expect(usedBy.items[0]?.name).toBe("r0");
    });

    test("[R3] names what it was derived from and what from it, wherever that is now", async () => {
      const rows = await openRows();
      const [base, net] = [await rows.version("q/base", 4), await rows.version("p/net", 0)];
      const [small, tiny] = [await rows.version("p/small", 1), await rows.version("p/tiny", 2)];
      await rows.derive(net, base);
      await rows.derive(small, net);
      await rows.derive(tiny, net);
      await rows.remove(small, "in_trash");
      await rows.remove(tiny, "deleted");
      const detail = await versionDetail(rows.read, "p", "net", "v0");
      expect(detail.derivedFrom).toEqual([
        { project: "q", name: "base", number: 4, state: "live" },
      ]);
      expect(detail.derivedTo).toEqual({
        count: 2,
        items: [
          { project: "p", name: "small", number: 1, state: "in_trash" },
          { project: "p", name: "tiny", number: 2, state: "deleted" },
        ],
      });
    });

    test("[U4] was verified when it, or the whole store, was last", async () => {
      const rows = await openRows();
      const { digest } = await rows.version("p/net", 0);
      const verifiedAt = async () => (await versionDetail(rows.read, "p", "net", "v0")).verifiedAt;
      expect(await verifiedAt()).toBeNull();
      await rows.db.put("checks", { verifiedAt: null }, "all");
      expect(await verifiedAt()).toBeNull();
      await rows.db.put("checks", { verifiedAt: minute(5) }, digest);
      expect(await verifiedAt()).toBe(minute(5));
      await rows.db.put("checks", { verifiedAt: minute(7) }, "all");
      expect(await verifiedAt()).toBe(minute(7));
      await rows.db.put("checks", { verifiedAt: minute(8) }, digest);
      expect(await verifiedAt()).toBe(minute(8));
    });

    test("[A1] shows its own aliases, latest first", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 2);
      await rows.alias("p/net", "zeta", 1);
      await rows.alias("p/net", "best", 1);
      await rows.alias("p/net", "old", 0);
      const detail = await versionDetail(rows.read, "p", "net", "v1");
      expect(detail.aliases).toEqual(["latest", "best", "zeta"]);
    });
  });

  describe("lists", () => {
    test("[D1] what is deleted is left out, and said to be in the trash where it is", async () => {
      const rows = await openRows();
      const { db, read } = rows;
      await rows.versions("p/kept", 1);
      await rows.remove(await rows.version("p/trashed", 0), "in_trash");
      await rows.remove(await rows.version("p/purged", 0), "deleted");
      await rows.run("p/gone", { deletedAt: minute(1) });
      const run = await rows.run("p/there");
      expect((await listArtifacts(db, "p")).map(({ artifact }) => artifact.name)).toEqual(["kept"]);
      expect(await listRuns(db, "p")).toEqual([run]);
      for (const call of [
        (name: string) => artifactDetail(db, "p", name),
        (name: string) => listVersions(db, "p", name, null, 10),
        (name: string) => versionDetail(read, "p", name, "latest"),
        (name: string) => resolve(read, `${name}:v0`, "p"),
      ]) {
        expect(await codeOf(call("kept"))).toBe("no error");
        expect(await codeOf(call("trashed"))).toBe("in_trash");
        expect(await codeOf(call("purged"))).toBe("not_found");
        expect(await codeOf(call("never"))).toBe("not_found");
      }
    });

    test("[D1] a deleted project is in no list", async () => {
      const rows = await openRows();
      for (const path of ["a/x", "b/x", "c/x"]) await rows.versions(path, 1);
      await deleteProject(rows, "b");
      await deleteProject(rows, "c");
      await rows.db.put("trash", {
        uid: "t1" as TrashUid,
        kind: "project",
        project: (await rows.artifact("c/x")).project,
        artifact: null,
        deletedAt: minute(1),
        actor: "device:test",
        versionCount: 1,
        sizeBytes: 10,
        numbers: [],
        runs: [],
      });
      expect((await listProjects(rows.db)).map(({ name }) => name)).toEqual(["a"]);
      expect((await storageReport(rows.db)).projects).toBe(1);
      expect(await codeOf(listArtifacts(rows.db, "b"))).toBe("not_found");
      expect(await codeOf(listArtifacts(rows.db, "c"))).toBe("in_trash");
      expect(await codeOf(listArtifacts(rows.db, "d"))).toBe("not_found");
    });

    test("[A5] artifacts come by name with their newest version and custom aliases, whoever made rows in between", async () => {
      const rows = await openRows();
      await rows.versions("p/b", 2);
      await rows.versions("other/b", 1);
      await rows.alias("other/b", "theirs", 0);
      await rows.versions("p/a", 1);
      await rows.versions("p/c", 1);
      // Of few versions all are read at once, of many the newest alone.
      await rows.versions("p/many", 12);
      await rows.versions("p/next", 9);
      await rows.versions("p/z", 3);
      await rows.alias("p/next", "prod", 4);
      await rows.alias("p/b", "prod", 0);
      await rows.alias("p/c", "dev", 0);
      const shown = (await listArtifacts(rows.db, "p")).map(({ artifact, latest, aliases }) => [
        artifact.name,
        latest.number,
        aliases,
      ]);
      expect(shown).toEqual([
        ["a", 0, []],
        ["b", 1, [{ alias: "prod", number: 0 }]],
        ["c", 0, [{ alias: "dev", number: 0 }]],
        ["many", 11, []],
        ["next", 8, [{ alias: "prod", number: 4 }]],
        ["z", 2, []],
      ]);
      await rows.remove(await rows.version("empty/x", 0), "deleted");
      expect(await listArtifacts(rows.db, "empty")).toEqual([]);
    });

    test("[V1] an artifact's page has all versions, newest first, each with its aliases", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 4, [2]);
      await rows.alias("p/net", "prod", 1);
      const { versions: shown } = await artifactDetail(rows.db, "p", "net");
      expect(shown.map(({ version, aliases }) => [version.number, aliases])).toEqual([
        [3, ["latest"]],
        [1, ["prod"]],
        [0, []],
      ]);
    });

    test("[V1] versions come in pages, newest first, over the gaps that deletes left", async () => {
      const rows = await openRows();
      const gaps = [3, 4, 5, 6, 7, 8, 11, 12];
      await rows.versions("p/net", 14, gaps);
      await rows.versions("p/net2", 3);
      await rows.alias("p/net", "prod", 9);
      const page = async (before: number | null, limit: number) =>
        (await listVersions(rows.db, "p", "net", before as VersionNumber | null, limit)).map(
          ({ version }) => version.number,
        );
      expect(await page(null, 2)).toEqual([13, 10]);
      expect(await page(10, 2)).toEqual([9, 2]);
      expect(await page(9, 10)).toEqual([2, 1, 0]);
      expect(await page(0, 10)).toEqual([]);
      expect(await page(1_000_000, 1)).toEqual([13]);
      expect(await page(null, 100)).toEqual([13, 10, 9, 2, 1, 0]);
      expect(await page(null, 0)).toEqual([]);
      const [first, , third] = await listVersions(rows.db, "p", "net", null, 3);
      expect([first?.aliases, third?.aliases]).toEqual([["latest"], ["prod"]]);
    });

    test("[V1] a page reads no version that it does not show", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 30, [20, 21, 22]);
      const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
      await listVersions(rows.db, "p", "net", null, 10);
      const widths = reads.mock.calls.map(([query]) => {
        const { lower, upper } = query as IDBKeyRange & { lower: number[]; upper: number[] };
        return (upper[1] ?? 0) - (lower[1] ?? 0);
      });
      reads.mockRestore();
      expect(widths).toEqual([10, 3]);
    });
  });
}
