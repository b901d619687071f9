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
  type Written = Awaited<ReturnType<typeof journaled<Names, T>>>;
  const { result, hasEvents } = await withWrite<Names | "events", Written>(
    ctx.db,
    [...stores, "events"],
    (tx) => journaled(ctx, tx, run),
  );
  if (hasEvents) ctx.notify({ kind: "changed", project });
  return result;
}

/** As {@link mutate}, in the caller's transaction; telling everybody is up to them. */
export async function journaled<Names extends StoreName, T>(
  ctx: Ctx,
  tx: WriteTx<Names | "events">,
  run: (tx: WriteTx<Names | "events">, journal: Journal) => Promise<T>,
): Promise<{ readonly result: T; readonly hasEvents: boolean }> {
  const events: NewEvent[] = [];
  const at = ctx.now();
  const result = await run(tx, {
    at,
    record: (kind, subject, before, after) =>
      events.push({ at, actor: ctx.actor, kind, subject, before, after }),
  });
  await appendEvents(tx, events, ctx.hasher.hashText, ctx.newUid);
  return { result, hasEvents: events.length > 0 };
}

/** `project/name`, or `project/name:v3`: the subject of events. */
export function subjectOf(
  artifact: { readonly project: string; readonly name: string },
  number?: VersionNumber,
): string {
  return `${artifact.project}/${artifact.name}${number === undefined ? "" : `:${formatVersion(number)}`}`;
}
