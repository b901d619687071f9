// The steps from each database version to the next. Append only: a released step never changes.
import type { IDBPDatabase, IDBPTransaction } from "idb";
import type { CairnDb, StoreName } from "./schema.ts";

type UpgradeTx = IDBPTransaction<CairnDb, StoreName[], "versionchange">;
type Upgrade = (db: IDBPDatabase<CairnDb>, tx: UpgradeTx) => void | Promise<void>;

/** `migrations[n]` upgrades a database of version n to n + 1. */
export const migrations: readonly Upgrade[] = [
  createFirstStores,
  addModelStores,
  addRegistryStores,
  addSyncStores,
];

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
    "byVersion" as "byVersionDirection",
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

/** Version 2: trash, tags, keep rules, run configs, derivations, pins, checks. */
async function addModelStores(db: IDBPDatabase<CairnDb>, tx: UpgradeTx): Promise<void> {
  tx.objectStore("artifacts").createIndex("byTag", "tags", { multiEntry: true });
  const versions = tx.objectStore("versions");
  versions.createIndex("byManifest", "digest");
  versions.createIndex("byTag", "tags", { multiEntry: true });
  tx.objectStore("aliases").createIndex("byVersion", ["artifact", "number"]);
  tx.objectStore("runs").createIndex("byState", "state");
  const edges = tx.objectStore("edges");
  // The first version's index: typed code knows only those of today.
  edges.deleteIndex("byVersion");
  edges.createIndex("byVersionDirection", ["version", "direction"]);
  edges.createIndex("byRunDirection", ["run", "direction"]);
  tx.objectStore("events").createIndex("bySubject", "subject");
  const deleted = db.createObjectStore("deletedVersions", { keyPath: "uid" });
  deleted.createIndex("byNumber", ["artifact", "number"], { unique: true });
  deleted.createIndex("byDigest", ["artifact", "digest"]);
  deleted.createIndex("byTrash", "trash");
  db.createObjectStore("trash", { keyPath: "uid" });
  db.createObjectStore("derivations", { keyPath: ["child", "parent"] }).createIndex(
    "byParent",
    "parent",
  );
  db.createObjectStore("pins");
  db.createObjectStore("sha256s");
  db.createObjectStore("checks");
  await addFields(tx, "projects", { deletedAt: null });
  await addFields(tx, "artifacts", { tags: [], keep: null });
  await addFields(tx, "versions", { tags: [], pinned: false });
  await addFields(tx, "runs", { config: {}, deletedAt: null });
}

/** Version 3: registries, their signed logs, and who uses this browser. */
function addRegistryStores(db: IDBPDatabase<CairnDb>): void {
  db.createObjectStore("registries", { keyPath: "uid" }).createIndex("byName", "name", {
    unique: true,
  });
  db.createObjectStore("registryEvents");
  db.createObjectStore("identity");
}

/** Version 4: remotes, what was agreed with them, what they hold; twins of versions. */
function addSyncStores(db: IDBPDatabase<CairnDb>, tx: UpgradeTx): void {
  for (const store of ["versions", "deletedVersions"] as const)
    tx.objectStore(store).createIndex("byTwin", "twins", { multiEntry: true });
  db.createObjectStore("remotes", { keyPath: "uid" });
  db.createObjectStore("syncBases", { keyPath: ["remote", "project"] });
  db.createObjectStore("pendingRounds", { keyPath: "remote" });
  db.createObjectStore("remoteFiles").createIndex("byDigest", "digests", { multiEntry: true });
  db.createObjectStore("uploads");
  db.createObjectStore("syncLog", { autoIncrement: true }).createIndex("byRemote", "remote");
  db.createObjectStore("secrets", { keyPath: "hubUrl" });
  db.createObjectStore("folderCopies", { keyPath: ["version", "folder"] });
  db.createObjectStore("aliasMoves", { keyPath: ["artifact", "alias"] });
}

/** Gives every row of a store the fields it did not have before. */
async function addFields(tx: UpgradeTx, store: StoreName, fields: object): Promise<void> {
  for (
    let cursor = await tx.objectStore(store).openCursor();
    cursor !== null;
    cursor = await cursor.continue()
  )
    await cursor.update(Object.assign({ ...fields }, cursor.value));
}
