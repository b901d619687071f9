// The log of a remote as it is looked through: newest first, a page at a time, new lines on top.
import { signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";
import type { RemoteUid } from "../../core/sync/remote.ts";
import type { SyncApi, SyncLogRow } from "../../protocol/sync-api.ts";

/** Lines asked for at a time. */
const PAGE = 200;

export class SyncLog {
  readonly #rows = signal<readonly SyncLogRow[] | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #api: Pick<SyncApi, "readSyncLog">;
  readonly #remote: RemoteUid;
  readonly #page: number;
  #isWhole = false;
  #isBusy = false;

  /** @param page lines asked for at a time */
  constructor(api: Pick<SyncApi, "readSyncLog">, remote: RemoteUid, page: number = PAGE) {
    this.#api = api;
    this.#remote = remote;
    this.#page = page;
  }

  /** Newest first; `null` before the first answer. */
  get rows(): ReadonlySignal<readonly SyncLogRow[] | null> {
    return this.#rows;
  }

  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  /** Goes on to older lines, from the newest at first, unless that is under way or there are none. */
  async showOlder(): Promise<void> {
    if (this.#isBusy || this.#isWhole) return;
    this.#isBusy = true;
    try {
      const before = this.#rows.value?.at(-1)?.key ?? null;
      const page = await this.#api.readSyncLog(this.#remote, before, this.#page);
      this.#isWhole = page.length < this.#page;
      this.#rows.value = merged(this.#rows.value ?? [], page);
      this.#problem.value = null;
    } catch (error) {
      this.#problem.value = problemOf(error);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Puts a line that was just written on top. */
  add(row: SyncLogRow): void {
    this.#rows.value = merged([row], this.#rows.value ?? []);
  }
}

/** Both, newest first, each line once. */
function merged(some: readonly SyncLogRow[], others: readonly SyncLogRow[]): readonly SyncLogRow[] {
  const byKey = new Map([...some, ...others].map((row) => [row.key, row]));
  return [...byKey.values()].toSorted((a, b) => b.key - a.key);
}
