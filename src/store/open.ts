// Opens the database, and lets go of it when a newer Cairn wants to upgrade.
import { openDB } from "idb";
import { deferred } from "../core/deferred.ts";
import { CairnError } from "../core/errors.ts";
import { migrations } from "./migrations.ts";
import { DB_NAME, DB_VERSION, type CairnDb, type Database } from "./schema.ts";
import { storageErrorOf } from "./storage-error.ts";

/** How long to wait for other tabs to let go before saying so. */
const BLOCKED_MS = 5_000;

export interface OpenOptions {
  readonly name?: string;
  /** Told when this connection was closed, for a newer version in another tab or by the browser. */
  readonly onClosed: () => void;
}

/**
 * Opens the database, creating or upgrading it.
 *
 * @throws CairnError `storage_unavailable`, `storage_blocked`, `schema_too_new`
 */
export async function openDatabase({ name = DB_NAME, onClosed }: OpenOptions): Promise<Database> {
  let upgradeError: unknown;
  let blockedTimer: ReturnType<typeof setTimeout> | undefined;
  const isBlocked = deferred<never>();
  const opening = openDB<CairnDb>(name, DB_VERSION, {
    async upgrade(db, oldVersion, _newVersion, tx) {
      try {
        for (const migrate of migrations.slice(oldVersion)) await migrate(db, tx);
      } catch (error) {
        // Half an upgrade must not stand: the database stays as it was.
        upgradeError = error;
        tx.abort();
      }
    },
    blocking(_current, _blocked, event) {
      // Holding on would block the newer version for ever.
      (event.target as IDBDatabase).close();
      onClosed();
    },
    blocked() {
      blockedTimer = setTimeout(
        () => isBlocked.reject(new CairnError("storage_blocked", {})),
        BLOCKED_MS,
      );
    },
    terminated: onClosed,
  });
  try {
    return await Promise.race([opening, isBlocked.promise]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "VersionError") {
      const found = (await indexedDB.databases()).find(
        (database) => database.name === name,
      )?.version;
      throw new CairnError(
        "schema_too_new",
        { found: found ?? DB_VERSION + 1, known: DB_VERSION },
        { cause: error },
      );
    }
    if (error instanceof CairnError) {
      // Nobody would use the connection that may still come.
      opening.then((db) => db.close()).catch(() => undefined);
      throw error;
    }
    throw new CairnError(
      "storage_unavailable",
      { reason: storageErrorOf(upgradeError ?? error).message },
      { cause: upgradeError ?? error },
    );
  } finally {
    clearTimeout(blockedTimer);
  }
}

/** Whether this browser can keep a Blob in IndexedDB; private windows of WebKit can't. */
export async function canStoreBlobs(db: Database): Promise<boolean> {
  const tx = db.transaction("packBytes", "readwrite");
  const done = tx.done.then(() => true).catch(() => false);
  try {
    const key: [never, number, number] = ["probe" as never, 0, 0];
    await tx.store.put(new Blob(["probe"]), key);
    const back = await tx.store.get(key);
    await tx.store.delete(key);
    return (await done) && back instanceof Blob && back.size === 5;
  } catch (error) {
    // A full disk says nothing about Blobs.
    return error instanceof DOMException && error.name === "QuotaExceededError";
  }
}
