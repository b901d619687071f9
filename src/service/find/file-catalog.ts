// Keeps the index of files: read in the background from the first search on, then by what events tell.
import { problemOf } from "../../core/errors.ts";
import type { FilesState } from "../../protocol/find-api.ts";
import type { Database } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import { applyEvents, type EventTx } from "./apply-events.ts";
import { FileIndex } from "./file-index.ts";
import { readIndex } from "./read-index.ts";

/** Files of all versions together that are kept: eight bytes each, so 64 MiB beside paths and digests. */
const MOST_ROWS = 8_000_000;

/** The stores that {@link FileCatalog.catchUp} reads. */
export const FILE_STORES = [
  "events",
  "artifacts",
  "versions",
  "deletedVersions",
  "manifests",
] as const;

export class FileCatalog {
  readonly #db: Database;
  readonly #mostRows: number;
  #index = new FileIndex();
  #state: FilesState = { phase: "reading", fraction: 0 };
  #isFilled = false;
  #lastEvent = 0;
  #reading: Promise<void> | null = null;
  readonly #listeners = new Set<(fraction: number) => void>();

  constructor(db: Database, mostRows: number = MOST_ROWS) {
    this.#db = db;
    this.#mostRows = mostRows;
  }

  /** While it is being read: what is there so far. */
  get index(): FileIndex {
    return this.#index;
  }

  get state(): FilesState {
    return this.#state;
  }

  /** Begins to read, unless that was done; after a failure it begins anew. */
  start(): void {
    // The state tells of a failure.
    if (this.#state.phase !== "ready") this.#read().catch(() => undefined);
  }

  /** Resolves once everything is read and up to date. Throws storage errors. */
  async whenReady(onFraction: (fraction: number) => void): Promise<void> {
    this.#listeners.add(onFraction);
    try {
      do if (this.#state.phase !== "ready") await this.#read();
      while (await withRead(this.#db, [...FILE_STORES], (tx) => this.catchUp(tx)));
    } finally {
      this.#listeners.delete(onFraction);
    }
  }

  /**
   * Takes in what happened since, in the caller's transaction; much of it is read in the background.
   * Answers whether the index is behind.
   */
  async catchUp(tx: EventTx): Promise<boolean> {
    if (this.#state.phase !== "ready" || !(await this.#applySome(tx))) {
      return this.#state.phase !== "ready";
    }
    this.#show(1);
    this.start();
    return true;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readAll()
      .catch((error: unknown) => {
        this.#index = new FileIndex();
        this.#isFilled = false;
        this.#state = { phase: "failed", problem: problemOf(error) };
        throw error;
      })
      .finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readAll(): Promise<void> {
    this.#show(this.#isFilled ? 1 : 0);
    if (!this.#isFilled)
      this.#lastEvent = await readIndex(this.#db, this.#index, this.#mostRows, (fraction) =>
        this.#show(fraction),
      );
    this.#isFilled = true;
    while (await withRead(this.#db, [...FILE_STORES], (tx) => this.#applySome(tx)));
    this.#settle();
  }

  /** Answers whether there is more to take in. */
  async #applySome(tx: EventTx): Promise<boolean> {
    const from = this.#lastEvent;
    const { last, hasMore } = await applyEvents(tx, this.#index, from, this.#mostRows);
    this.#lastEvent = Math.max(this.#lastEvent, last);
    if (last > from && this.#state.phase === "ready") this.#settle();
    return hasMore;
  }

  #show(fraction: number): void {
    this.#state = { phase: "reading", fraction };
    for (const listener of this.#listeners) listener(fraction);
  }

  #settle(): void {
    this.#state = { phase: "ready", leftOut: this.#index.countUnread() };
  }
}
