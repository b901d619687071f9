// The event log: append only, each event holding the digest of the one before [E1 E2].
import { canonicalJson } from "../core/json.ts";
import type { Digest } from "../core/digest.ts";
import type { EventRecord } from "../core/records.ts";
import type { WriteTx } from "./transaction.ts";

/** What an event says; the log adds its place, its id and the chain. */
export type NewEvent = Omit<EventRecord, "seq" | "uid" | "previous">;

/**
 * Appends events in the caller's transaction.
 *
 * @param hashText BLAKE3 of a text
 */
export async function appendEvents(
  tx: WriteTx<"events">,
  events: readonly NewEvent[],
  hashText: (pieces: Iterable<string>) => Digest,
  newUid: () => EventRecord["uid"],
): Promise<void> {
  const store = tx.objectStore("events");
  let last = (await store.openCursor(null, "prev"))?.value;
  const added: Promise<unknown>[] = [];
  for (const event of events) {
    const previous = last === undefined ? null : hashText([eventText(last)]);
    last = { ...event, seq: (last?.seq ?? 0) + 1, uid: newUid(), previous };
    added.push(store.add(last));
  }
  await Promise.all(added);
}

/**
 * The first event that does not follow from the one before it, or `undefined` when the chain holds [E2].
 *
 * @param before the event in front of these; none when they begin the log
 */
export function findBrokenLink(
  events: readonly EventRecord[],
  hashText: (pieces: Iterable<string>) => Digest,
  before?: EventRecord,
): EventRecord | undefined {
  let last = before;
  return events.find((event) => {
    const previous = last === undefined ? null : hashText([eventText(last)]);
    const follows = event.previous === previous && event.seq === (last?.seq ?? 0) + 1;
    last = event;
    return !follows;
  });
}

function eventText(event: EventRecord): string {
  return canonicalJson({ ...event });
}
