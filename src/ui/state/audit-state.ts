// The log of a registry as it is looked through: newest first, a page at a time, kept up with what comes in.
import { signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";
import type { MemberKey, RegistryActKind } from "../../core/registry/records.ts";
import type { RegistryApi } from "../../protocol/registry-api.ts";
import type { AuditQuery, AuditRow } from "../../protocol/registry-log-api.ts";

/** What is looked for; blank for anything. */
export interface AuditFilter {
  readonly act: string;
  /** A member's key. */
  readonly actor: string;
  readonly collection: string;
  readonly isFaulty: boolean;
  /** ISO dates or date-times, both inclusive. */
  readonly from: string;
  readonly to: string;
}

/** Events asked for at a time. */
const PAGE = 200;

export class AuditState {
  readonly #rows = signal<readonly AuditRow[] | null>(null);
  readonly #isWhole = signal(false);
  readonly #problem = signal<Problem | null>(null);
  readonly #store: Pick<RegistryApi, "listAudit">;
  readonly #registry: string;
  #filter: Omit<AuditQuery, "before" | "limit"> = {};
  #request = 0;
  #isBusy = false;

  constructor(store: Pick<RegistryApi, "listAudit">, registry: string) {
    this.#store = store;
    this.#registry = registry;
  }

  /** Newest first; `null` before the first answer. */
  get rows(): ReadonlySignal<readonly AuditRow[] | null> {
    return this.#rows;
  }

  /** Whether the oldest event that fits is among the rows. */
  get isWhole(): ReadonlySignal<boolean> {
    return this.#isWhole;
  }

  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  /** Looks for something else. What is shown stays until the answer is here. */
  async show(filter: AuditFilter): Promise<void> {
    this.#filter = queryOf(filter);
    await this.#load(null, (page) => page);
  }

  /** Goes on to older events, unless that is under way or there are none. */
  async showOlder(): Promise<void> {
    const rows = this.#rows.value;
    const last = rows?.at(-1)?.event.seq;
    if (this.#isBusy || this.#isWhole.value || rows === null || last === undefined) return;
    await this.#load(last, (page) => [...rows, ...page]);
  }

  /** Takes in what was added at the top, here or elsewhere. */
  async refresh(): Promise<void> {
    const rows = this.#rows.value;
    if (rows === null || this.#isBusy) return;
    await this.#load(null, (page) => joined(page, rows));
  }

  async #load(
    before: number | null,
    place: (page: readonly AuditRow[]) => readonly AuditRow[],
  ): Promise<void> {
    const request = ++this.#request;
    this.#isBusy = true;
    try {
      const page = await this.#store.listAudit(this.#registry, {
        ...this.#filter,
        before,
        limit: PAGE,
      });
      if (request !== this.#request) return;
      const rows = place(page);
      this.#rows.value = rows;
      // Newer events put on top of older ones say nothing about the end.
      if (rows.length <= page.length || before !== null) this.#isWhole.value = page.length < PAGE;
      this.#problem.value = null;
    } catch (error) {
      if (request === this.#request) this.#problem.value = problemOf(error);
    } finally {
      if (request === this.#request) this.#isBusy = false;
    }
  }
}

/** The newest page over what was there. Where they don't meet, or the log was put in another order, only the page. */
function joined(page: readonly AuditRow[], rows: readonly AuditRow[]): readonly AuditRow[] {
  const last = page.at(-1);
  if (last === undefined) return page;
  const meeting = rows.findIndex(({ event }) => event.seq === last.event.seq);
  return meeting < 0 || rows[meeting]?.event.uid !== last.event.uid
    ? page
    : [...page, ...rows.slice(meeting + 1)];
}

function queryOf(filter: AuditFilter): Omit<AuditQuery, "before" | "limit"> {
  const { act, actor, collection, isFaulty, from, to } = filter;
  return {
    ...(act !== "" && { kinds: [act as RegistryActKind] }),
    ...(actor !== "" && { actor: actor as MemberKey }),
    ...(collection !== "" && { collection }),
    ...(isFaulty && { isFaulty }),
    ...(from !== "" && { from }),
    ...(to !== "" && { to }),
  };
}
