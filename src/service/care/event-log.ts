// Reading the event log: newest first for people, from the start for its chain.
import type { EventRecord } from "../../core/records.ts";
import type { EventQuery, LogCheck } from "../../protocol/care-api.ts";
import { findBrokenLink } from "../../store/events.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** Events read at once while the chain is checked. */
const BATCH = 1000;

/** The events a query asks for, newest first. */
export function listEvents(db: Database, query: EventQuery): Promise<readonly EventRecord[]> {
  const { subject, beforeSeq = Number.MAX_SAFE_INTEGER, limit } = query;
  return withRead(db, ["events"], (tx) =>
    subject === undefined
      ? newestEvents(tx, beforeSeq, limit)
      : eventsAbout(tx, subject, beforeSeq, limit),
  );
}

/** Checks that every event follows from the one before [E2]. */
export async function verifyLog(ctx: Ctx): Promise<LogCheck> {
  let events = 0;
  let brokenAt: number | null = null;
  let last: EventRecord | undefined;
  for (;;) {
    const batch = await nextEvents(ctx.db, last?.seq ?? 0);
    brokenAt ??= findBrokenLink(batch, ctx.hasher.hashText, last)?.seq ?? null;
    events += batch.length;
    last = batch.at(-1);
    if (last === undefined) return { events, brokenAt };
  }
}

function nextEvents(db: Database, afterSeq: number): Promise<readonly EventRecord[]> {
  return withRead(db, ["events"], (tx) =>
    tx.objectStore("events").getAll(IDBKeyRange.lowerBound(afterSeq, true), BATCH),
  );
}

async function newestEvents(
  tx: ReadTx<"events">,
  beforeSeq: number,
  limit: number,
): Promise<readonly EventRecord[]> {
  const found: EventRecord[] = [];
  let cursor = await tx
    .objectStore("events")
    .openCursor(IDBKeyRange.upperBound(beforeSeq, true), "prev");
  while (cursor !== null && found.length < limit) {
    found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found;
}

/** Events of a subject and of what is below it: `p` has `p/net` and, through it, `p/net:v3`. */
async function eventsAbout(
  tx: ReadTx<"events">,
  subject: string,
  beforeSeq: number,
  limit: number,
): Promise<readonly EventRecord[]> {
  const store = tx.objectStore("events");
  const index = store.index("bySubject");
  const found = await Promise.all([
    index.getAllKeys(subject),
    index.getAllKeys(prefixedBy(subject, "/", "0")),
    index.getAllKeys(prefixedBy(subject, ":", ";")),
  ]);
  const newest = found
    .flat()
    .filter((seq) => seq < beforeSeq)
    .toSorted((a, b) => b - a)
    .slice(0, limit);
  const events = await Promise.all(newest.map((seq) => store.get(seq)));
  return events.filter((event) => event !== undefined);
}

/** Subjects that go on after the separator; `next` is the character that follows it in key order. */
function prefixedBy(subject: string, separator: string, next: string): IDBKeyRange {
  return IDBKeyRange.bound(subject + separator, subject + next, false, true);
}
