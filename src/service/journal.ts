// Mutations with their events: what changed and what the log says of it are one transaction [E1].
import type { EventRecord } from "../core/records.ts";
import { appendEvents, type NewEvent } from "../store/events.ts";
import type { StoreName } from "../store/schema.ts";
import { withWrite, type WriteTx } from "../store/transaction.ts";
import { formatVersion, type VersionNumber } from "../core/version.ts";
import type { Ctx } from "./context.ts";

/** What a mutation gathers on its way to the event log. */
export interface Journal {
  /** The one time of everything in this mutation. */
  readonly at: string;
  record(
    kind: EventRecord["kind"],
    subject: string,
    before: EventRecord["before"],
    after: EventRecord["after"],
  ): void;
}

/**
 * Runs a mutation and appends its events in the same transaction, then tells everybody.
 *
 * @param project the project whose pages show the change
 */
export async function mutate<Names extends StoreName, T>(
  ctx: Ctx,
  stores: readonly Names[],
  project: string,
  run: (tx: WriteTx<Names | "events">, journal: Journal) => Promise<T>,
): Promise<T> {
  const events: NewEvent[] = [];
  const result = await withWrite<Names | "events", T>(ctx.db, [...stores, "events"], async (tx) => {
    const at = ctx.now();
    const outcome = await run(tx, {
      at,
      record: (kind, subject, before, after) =>
        events.push({ at, actor: ctx.actor, kind, subject, before, after }),
    });
    await appendEvents(tx, events, ctx.hasher.hashText, ctx.newUid);
    return outcome;
  });
  if (events.length > 0) ctx.notify({ kind: "changed", project });
  return result;
}

/** `project/name`, or `project/name:v3`: the subject of events. */
export function subjectOf(
  artifact: { readonly project: string; readonly name: string },
  number?: VersionNumber,
): string {
  return `${artifact.project}/${artifact.name}${number === undefined ? "" : `:${formatVersion(number)}`}`;
}
