// Opening the database, against any IndexedDB.
import { deleteDB, openDB } from "idb";
import { describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { isCairnError } from "../../src/core/errors.ts";
import { canStoreBlobs, openDatabase } from "../../src/store/open.ts";
import type { VersionUid } from "../../src/core/records.ts";
import { migrations } from "../../src/store/migrations.ts";
import { DB_VERSION, type CairnDb, type StoreName } from "../../src/store/schema.ts";

const freshName = (): string => `open-${crypto.randomUUID()}`;
const nothing = (): void => undefined;

export function openContract(): void {
  describe("opening", () => {
    test("a new database has every store, and can keep a Blob", async () => {
      const db = await openDatabase({ name: freshName(), onClosed: nothing });
      expect(db.version).toBe(DB_VERSION);
      expect([...db.objectStoreNames]).toContain("versions");
      expect(await canStoreBlobs(db)).toBe(true);
      expect(await db.count("packBytes")).toBe(0);
      db.close();
    });

    test("what was written is there when it is opened again", async () => {
      const name = freshName();
      const first = await openDatabase({ name, onClosed: nothing });
      await first.put("settings", "a", "device");
      first.close();
      const second = await openDatabase({ name, onClosed: nothing });
      expect(await second.get("settings", "device")).toBe("a");
      second.close();
    });

    test("data of the first Cairn gets what came since, and keeps what it had", async () => {
      const name = freshName();
      const first = await openDB<CairnDb>(name, 1, {
        upgrade: (db, _old, _new, tx) => void migrations[0]?.(db, tx),
      });
      // As version 1 wrote them, without the fields of today.
      const rows = {
        projects: { name: "digits", artifactCount: 1 },
        artifacts: { uid: "A", project: "digits", name: "net", lastNumber: 0, versionCount: 1 },
        versions: { uid: "V", artifact: "A", number: 0, digest: "blake3:0", description: "kept" },
        runs: { uid: "R", project: "digits", name: "train", state: "finished" },
        edges: { run: "R", version: "V", direction: "output" },
        events: { seq: 1, subject: "digits/net:v0", kind: "version-logged" },
      };
      for (const [store, row] of Object.entries(rows))
        await first.put(store as StoreName, row as never);
      first.close();

      const db = await openDatabase({ name, onClosed: nothing });
      expect(await db.getAll("projects")).toEqual([{ ...rows.projects, deletedAt: null }]);
      expect(await db.getAll("artifacts")).toEqual([{ ...rows.artifacts, tags: [], keep: null }]);
      expect(await db.getAll("versions")).toEqual([{ ...rows.versions, tags: [], pinned: false }]);
      expect(await db.getAll("runs")).toEqual([{ ...rows.runs, config: {}, deletedAt: null }]);
      expect(await db.getAll("events")).toEqual([rows.events]);
      const bySubject = await db.getAllFromIndex("events", "bySubject", "digits/net:v0");
      const byVersion = await db.getAllFromIndex("edges", "byVersionDirection", [
        "V" as VersionUid,
        "output",
      ]);
      expect([bySubject, byVersion]).toEqual([[rows.events], [rows.edges]]);
      db.close();
    });

    test("data of the second Cairn is kept as it is, and gets room for registries", async () => {
      const name = freshName();
      const second = await openDB<CairnDb>(name, 2, {
        upgrade: (db, _old, _new, tx) => {
          for (const migrate of migrations.slice(0, 2)) void migrate(db, tx);
        },
      });
      expect([...second.objectStoreNames]).not.toContain("registries");
      const version = { uid: "V", artifact: "A", number: 0, digest: "blake3:0", tags: ["a"] };
      const edge = { run: "R", version: "V", direction: "input" };
      await second.put("versions", version as never);
      await second.put("edges", edge as never);
      second.close();

      const db = await openDatabase({ name, onClosed: nothing });
      expect([await db.getAll("versions"), await db.getAll("edges")]).toEqual([[version], [edge]]);
      for (const store of ["registries", "registryEvents", "identity"] as const)
        expect(await db.count(store)).toBe(0);
      const registry = { uid: "R1", name: "models", seq: 0, head: "blake3:0" };
      await db.put("registries", registry as never);
      expect(await db.getFromIndex("registries", "byName", "models" as never)).toEqual(registry);
      const twin = db.put("registries", { ...registry, uid: "R2" } as never);
      await expect(twin).rejects.toMatchObject({ name: "ConstraintError" });
      db.close();
    });

    test("data of the third Cairn is kept as it is, and gets room for syncing", async () => {
      const name = freshName();
      const third = await openDB<CairnDb>(name, 3, {
        upgrade: (db, _old, _new, tx) => {
          for (const migrate of migrations.slice(0, 3)) void migrate(db, tx);
        },
      });
      expect([...third.objectStoreNames]).not.toContain("remotes");
      const version = { uid: "V", artifact: "A", number: 0, digest: "blake3:0", tags: ["a"] };
      const deleted = { ...version, uid: "D", number: 1, deletedAt: "2026", aliases: [] };
      const registry = { uid: "R", name: "models", seq: 0, head: "blake3:0" };
      await third.put("versions", version as never);
      await third.put("deletedVersions", deleted as never);
      await third.put("registries", registry as never);
      third.close();

      const db = await openDatabase({ name, onClosed: nothing });
      const [live, gone, registries] = await Promise.all([
        db.getAll("versions"),
        db.getAll("deletedVersions"),
        db.getAll("registries"),
      ]);
      expect([live, gone, registries]).toEqual([[version], [deleted], [registry]]);
      const added = [
        "remotes",
        "syncBases",
        "pendingRounds",
        "remoteFiles",
        "uploads",
        "syncLog",
        "secrets",
        "folderCopies",
        "aliasMoves",
      ] as const;
      for (const store of added) expect(await db.count(store)).toBe(0);
      await db.put("versions", { ...version, twins: ["T", "U"] } as never);
      await db.put("deletedVersions", { ...deleted, twins: ["W"] } as never);
      const twinOf = async (store: "versions" | "deletedVersions", uid: string): Promise<unknown> =>
        (await db.getFromIndex(store, "byTwin", uid as VersionUid))?.uid;
      expect([await twinOf("versions", "U"), await twinOf("deletedVersions", "W")]).toEqual([
        "V",
        "D",
      ]);
      const files = { digests: ["blake3:0", "blake3:1"] };
      await db.put("remoteFiles", files as never, ["R", "V", 0] as never);
      const byDigest = await db.getFromIndex("remoteFiles", "byDigest", "blake3:1" as never);
      expect(byDigest).toEqual(files);
      db.close();
    });

    test("data of a newer Cairn is refused, and left as it is", async () => {
      const name = freshName();
      const newer = await openDB(name, DB_VERSION + 1, {
        upgrade: (db) => void db.createObjectStore("future"),
      });
      newer.close();
      const error: unknown = await openDatabase({ name, onClosed: nothing }).catch(
        (e: unknown) => e,
      );
      expect(isCairnError(error, "schema_too_new") && error.data).toEqual({
        found: DB_VERSION + 1,
        known: DB_VERSION,
      });
      const again = await openDB(name);
      expect([...again.objectStoreNames]).toEqual(["future"]);
      again.close();
    });

    test("lets go when a newer Cairn in another tab wants to upgrade, and says so", async () => {
      const name = freshName();
      const closed = deferred();
      await openDatabase({ name, onClosed: () => closed.resolve() });
      const newer = await openDB(name, DB_VERSION + 1);
      await closed.promise;
      expect(newer.version).toBe(DB_VERSION + 1);
      newer.close();
      await deleteDB(name);
    });
  });
}
