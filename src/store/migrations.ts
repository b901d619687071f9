// The steps from each database version to the next. Append only: a released step never changes.
import type { IDBPDatabase, IDBPTransaction } from "idb";
import type { CairnDb, StoreName } from "./schema.ts";

type Upgrade = (
  db: IDBPDatabase<CairnDb>,
  tx: IDBPTransaction<CairnDb, StoreName[], "versionchange">,
) => void;

/** `migrations[n]` upgrades a database of version n to n + 1. */
export const migrations: readonly Upgrade[] = [createFirstStores];

function createFirstStores(db: IDBPDatabase<CairnDb>): void {
  db.createObjectStore("projects", { keyPath: "name" });
  db.createObjectStore("artifacts", { keyPath: "uid" }).createIndex("byName", ["project", "name"], {
    unique: true,
  });
  const versions = db.createObjectStore("versions", { keyPath: ["artifact", "number"] });
  versions.createIndex("byDigest", ["artifact", "digest"]);
  versions.createIndex("byUid", "uid", { unique: true });
  db.createObjectStore("aliases", { keyPath: ["artifact", "alias"] });
  db.createObjectStore("manifests");
  db.createObjectStore("runs", { keyPath: "uid" }).createIndex("byName", ["project", "name"]);
  db.createObjectStore("edges", { keyPath: ["run", "version", "direction"] }).createIndex(
    "byVersion",
    "version",
  );
  db.createObjectStore("events", { keyPath: "seq" });
  db.createObjectStore("ingests", { keyPath: "uid" });
  db.createObjectStore("packs").createIndex("byDigest", "digests", { multiEntry: true });
  db.createObjectStore("packBytes");
  db.createObjectStore("quarantine", { keyPath: "digest" });
  db.createObjectStore("totals");
  db.createObjectStore("settings");
}
