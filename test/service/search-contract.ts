// The rules of finding things, against any IndexedDB.
import { describe, expect, test, vi } from "vitest";
import { parseTags, type Tag } from "../../src/core/tags.ts";
import type { SearchHit } from "../../src/protocol/browse-api.ts";
import { findByTags } from "../../src/service/browse/find-by-tags.ts";
import { search } from "../../src/service/browse/search.ts";
import { digestOf, minute, openRows, type Rows } from "../support/rows.ts";

const tags = (...names: string[]): readonly Tag[] => parseTags(names);

/** A hit in short, such as `version p/net:v1 by alias prod`. */
function short(hit: SearchHit): string {
  switch (hit.kind) {
    case "project":
      return `project ${hit.project}`;
    case "run":
      return `run ${hit.run.name}`;
    case "artifact":
      return `artifact ${hit.project}/${hit.name} by ${hit.by}`;
    case "version":
      return `version ${hit.project}/${hit.name}:v${hit.number} by ${hit.by} ${hit.text}`;
    case "registry":
      return `registry ${hit.registry}`;
    case "collection":
      return `collection ${hit.registry}/${hit.collection} by ${hit.by} ${hit.text}`;
  }
}

async function found({ read }: Rows, text: string, limit = 100): Promise<readonly string[]> {
  return (await search(read, text, limit)).map(short);
}

async function tagged({ read }: Rows, ...names: string[]): Promise<readonly string[]> {
  return (await findByTags(read, names)).map(short);
}

export function searchContract(): void {
  describe("search", () => {
    test("[N1] names of projects, artifacts and runs, whatever the letter case", async () => {
      const rows = await openRows();
      await rows.version("Digits/mnist-net", 0);
      await rows.run("Digits/train-NET");
      expect(await found(rows, "  NET ")).toEqual([
        "artifact Digits/mnist-net by name",
        "run train-NET",
      ]);
      expect(await found(rows, "digi")).toEqual(["project Digits"]);
      expect(await found(rows, "nothing")).toEqual([]);
      expect(await found(rows, " ")).toEqual([]);
    });

    test("the whole text goes before its beginning, that before a piece, and the limit takes the best", async () => {
      const rows = await openRows();
      for (const name of ["my-net", "network", "net"]) await rows.version(`p/${name}`, 0);
      await rows.run("p/net");
      const expected = [
        "artifact p/net by name",
        "run net",
        "artifact p/network by name",
        "artifact p/my-net by name",
      ];
      expect(await found(rows, "net")).toEqual(expected);
      expect(await found(rows, "net", 2)).toEqual(expected.slice(0, 2));
      expect(await found(rows, "net", 0)).toEqual([]);
    });

    test("[A1] aliases lead to the version that holds them; latest, which all have, to none", async () => {
      const rows = await openRows();
      await rows.version("p/a", 0);
      await rows.version("p/a", 1);
      await rows.alias("p/a", "production", 0);
      expect(await found(rows, "PROD")).toEqual(["version p/a:v0 by alias production"]);
      expect(await found(rows, "latest")).toEqual([]);
    });

    test("[T1] tags lead to artifacts and versions", async () => {
      const rows = await openRows();
      await rows.version("p/a", 0, { tags: ["good one", "zz"] });
      await rows.version("p/a", 1, { tags: ["aa", "good one"] });
      await rows.version("p/b", 0, { tags: ["Good"] });
      await rows.artifact("p/b", { tags: tags("good stuff") });
      expect(await found(rows, "good")).toEqual([
        "version p/b:v0 by tag Good",
        "artifact p/b by tag",
        "version p/a:v0 by tag good one",
        "version p/a:v1 by tag good one",
      ]);
      expect(await found(rows, "zz")).toEqual(["version p/a:v0 by tag zz"]);
      expect(await found(rows, "good", 3)).toHaveLength(3);
    });

    test("[M1] a digest's beginning leads to its versions, from four characters on", async () => {
      const rows = await openRows();
      await rows.version("p/a", 0, { digest: digestOf("beef01") });
      await rows.version("p/b", 0, { digest: digestOf("beef02") });
      await rows.version("p/c", 0, { digest: digestOf("bee0") });
      const a = `version p/a:v0 by digest ${digestOf("beef01")}`;
      const b = `version p/b:v0 by digest ${digestOf("beef02")}`;
      expect(await found(rows, "beef")).toEqual([a, b]);
      expect(await found(rows, "BLAKE3:BEEF02")).toEqual([b]);
      expect(await found(rows, digestOf("beef01"))).toEqual([a]);
      expect(await found(rows, "bee")).toEqual([]);
    });

    test("[D1 R4] deleted projects, artifacts, versions and runs are not found", async () => {
      const rows = await openRows();
      const digest = digestOf("feedface");
      const gone = await rows.version("x-project/x-art", 0, { tags: ["x-tag"], digest });
      await rows.alias("x-project/x-art", "x-alias", 0);
      await rows.artifact("x-project/x-art", { tags: tags("x-shared") });
      await rows.run("x-project/x-run", { deletedAt: minute(1) });
      await rows.remove(gone, "in_trash");
      const project = await rows.db.get("projects", "x-project");
      if (project !== undefined)
        await rows.db.put("projects", { ...project, deletedAt: minute(1) });
      expect(await found(rows, "x-")).toEqual([]);
      expect(await found(rows, "feedface")).toEqual([]);
    });

    test("[E1] what events tell of is read anew, and nothing else", async () => {
      const rows = await openRows();
      const names = async (call: () => Promise<unknown>) => {
        const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
        await call();
        const stores = reads.mock.contexts.map((store) => (store as IDBObjectStore).name);
        reads.mockRestore();
        return stores.filter((name) => name !== "events").toSorted();
      };
      const inNames = ["aliases", "artifacts", "projects"];
      await rows.version("p/net-a", 0);
      expect(await names(() => found(rows, "net"))).toEqual([...inNames, "runs"]);
      expect(await names(() => found(rows, "net"))).toEqual([]);
      await rows.version("p/net-b", 0);
      await rows.event({ at: minute(1), kind: "version-logged", subject: "p/net-b:v0", after: {} });
      expect(await names(() => found(rows, "net"))).toEqual(inNames);
      await rows.run("p/net-run");
      await rows.event({ at: minute(2), kind: "run-created", subject: "p/net-run", after: {} });
      expect(await names(() => found(rows, "net"))).toEqual(["runs"]);
      expect(await found(rows, "net")).toEqual([
        "artifact p/net-a by name",
        "artifact p/net-b by name",
        "run net-run",
      ]);
      await rows.event({ at: minute(3), kind: "project-deleted", subject: "p", after: null });
      expect(await names(() => found(rows, "net"))).toEqual([...inNames, "runs"]);
    });

    test("[E1] after very many events everything is read anew, once", async () => {
      const rows = await openRows();
      await rows.version("p/net-a", 0);
      expect(await found(rows, "net")).toHaveLength(1);
      await rows.version("p/net-b", 0);
      await rows.run("p/net-run");
      for (let i = 0; i < 600; i++)
        await rows.event({ at: minute(i), kind: "edge-added", subject: "p/x:v0", after: null });
      expect(await found(rows, "net")).toHaveLength(3);
      const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
      expect(await found(rows, "net")).toHaveLength(3);
      expect(reads).toHaveBeenCalledTimes(1);
      reads.mockRestore();
    });
  });

  describe("finding by tags", () => {
    test("[T1] finds what has all of them: artifacts, then versions, by name and newest first", async () => {
      const rows = await openRows();
      await rows.version("p/b", 0, { tags: ["x", "y"] });
      await rows.version("p/b", 1, { tags: ["y", "x", "z"] });
      await rows.version("p/a", 0, { tags: ["x", "y"] });
      await rows.version("p/a", 1, { tags: ["x"] });
      await rows.artifact("p/b", { tags: tags("x", "y") });
      await rows.artifact("p/a", { tags: tags("y") });
      expect(await tagged(rows, "x", "y", "x")).toEqual([
        "artifact p/b by tag",
        "version p/a:v0 by tag x, y",
        "version p/b:v1 by tag x, y",
        "version p/b:v0 by tag x, y",
      ]);
      expect(await tagged(rows, "z")).toEqual(["version p/b:v1 by tag z"]);
    });

    test("[N5] tags are compared whole and exactly; no tags find nothing", async () => {
      const rows = await openRows();
      await rows.version("p/a", 0, { tags: ["Good"] });
      expect(await tagged(rows, "good")).toEqual([]);
      expect(await tagged(rows, "Goo")).toEqual([]);
      expect(await tagged(rows, "Good", "other")).toEqual([]);
      expect(await tagged(rows)).toEqual([]);
    });

    test("[D1] an artifact without versions is not found", async () => {
      const rows = await openRows();
      await rows.artifact("p/a", { tags: tags("x") });
      expect(await tagged(rows, "x")).toEqual([]);
    });
  });
}
