// Transactions: all or nothing, with errors in Cairn's own terms.
import type { IDBPTransaction, IndexKey, IndexNames, StoreKey, StoreValue } from "idb";
import type { CairnDb, Database, StoreName } from "./schema.ts";
import { CairnError } from "../core/errors.ts";
import { storageErrorOf } from "./storage-error.ts";

// idb's own transaction type can't be passed to a function that needs fewer stores; these can.

type Key<Name extends StoreName> = StoreKey<CairnDb, Name> | IDBKeyRange;

interface ReadIndex<Name extends StoreName, Index extends IndexNames<CairnDb, Name>> {
  get(
    query: IndexKey<CairnDb, Name, Index> | IDBKeyRange,
  ): Promise<StoreValue<CairnDb, Name> | undefined>;
  getKey(
    query: IndexKey<CairnDb, Name, Index> | IDBKeyRange,
  ): Promise<StoreKey<CairnDb, Name> | undefined>;
  getAll(
    query: IndexKey<CairnDb, Name, Index> | IDBKeyRange,
    count?: number,
  ): Promise<StoreValue<CairnDb, Name>[]>;
  getAllKeys(
    query: IndexKey<CairnDb, Name, Index> | IDBKeyRange,
    count?: number,
  ): Promise<StoreKey<CairnDb, Name>[]>;
  count(query: IndexKey<CairnDb, Name, Index> | IDBKeyRange): Promise<number>;
}

/** A place in a store, to be read from there onwards. */
interface ReadCursor<Name extends StoreName> {
  readonly value: StoreValue<CairnDb, Name>;
  continue(): Promise<ReadCursor<Name> | null>;
}

interface ReadStore<Name extends StoreName> {
  get(query: Key<Name>): Promise<StoreValue<CairnDb, Name> | undefined>;
  getKey(query: Key<Name>): Promise<StoreKey<CairnDb, Name> | undefined>;
  getAll(query?: Key<Name> | null, count?: number): Promise<StoreValue<CairnDb, Name>[]>;
  getAllKeys(query?: Key<Name> | null, count?: number): Promise<StoreKey<CairnDb, Name>[]>;
  count(query?: Key<Name> | null): Promise<number>;
  index<Index extends IndexNames<CairnDb, Name>>(name: Index): ReadIndex<Name, Index>;
  openCursor(
    query?: Key<Name> | null,
    direction?: "next" | "prev",
  ): Promise<ReadCursor<Name> | null>;
}

interface WriteStore<Name extends StoreName> extends ReadStore<Name> {
  put(value: StoreValue<CairnDb, Name>, key?: StoreKey<CairnDb, Name>): Promise<unknown>;
  add(value: StoreValue<CairnDb, Name>): Promise<unknown>;
  delete(key: Key<Name>): Promise<void>;
}

/** A transaction in which at least these stores can be read. */
export interface ReadTx<Names extends StoreName> {
  objectStore<Name extends Names>(name: Name): ReadStore<Name>;
}

/** A transaction in which at least these stores can be written. */
export interface WriteTx<Names extends StoreName> {
  objectStore<Name extends Names>(name: Name): WriteStore<Name>;
}

/** Runs a callback in a readonly transaction. It must await nothing but the transaction's requests. */
export async function withRead<Names extends StoreName, T>(
  db: Database,
  stores: Names[],
  run: (tx: ReadTx<Names>) => Promise<T>,
): Promise<T> {
  try {
    return await run(db.transaction(stores, "readonly"));
  } catch (error) {
    throw storageErrorOf(error);
  }
}

/**
 * Runs a callback in a readwrite transaction with strict durability, since relaxed ones were seen
 * torn after a power cut. A throw inside undoes everything the callback wrote. It must await
 * nothing but the transaction's requests.
 *
 * @param signal aborts the transaction while it runs
 */
export async function withWrite<Names extends StoreName, T>(
  db: Database,
  stores: Names[],
  run: (tx: WriteTx<Names>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let tx: IDBPTransaction<CairnDb, Names[], "readwrite"> | undefined;
  const abort = (): void => {
    try {
      tx?.abort();
    } catch {
      // Already committed or aborted: nothing to undo.
    }
  };
  if (isAborted(signal)) throw new CairnError("aborted", {});
  try {
    tx = db.transaction(stores, "readwrite", { durability: "strict" });
    // The abort reason (a full disk, say) only shows on `done`; claim it now so it is never unhandled.
    const done = tx.done.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    signal?.addEventListener("abort", abort, { once: true });
    let result: T;
    try {
      result = await run(tx);
    } catch (error) {
      abort();
      const failed = await done;
      // A request cut short by the abort says only AbortError; the transaction knows why.
      const isEcho = error instanceof DOMException && error.name === "AbortError";
      throw isEcho && failed !== undefined && failed.error !== null ? failed.error : error;
    }
    const failed = await done;
    if (failed !== undefined) throw failed.error;
    return result;
  } catch (error) {
    throw isAborted(signal)
      ? new CairnError("aborted", {}, { cause: error })
      : storageErrorOf(error);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** Asked anew each time: a signal changes while a transaction runs. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
