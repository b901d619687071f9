// What a merge writes into the event log: each change under the name of the device that made it [E1].
import type { EventRecord } from "../../core/records.ts";
import type { DeviceId } from "../../core/sync/shared.ts";
import { appendEvents, type NewEvent } from "../../store/events.ts";
import type { WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";

/** The actor of what no one device did: edits don't say whose they are, and numbers are agreed on. */
export const SYNC_ACTOR = "sync";

export interface SyncJournal {
  /** The one time of everything in this merge: when it came to this browser. */
  readonly at: string;
  /** The actor that a device goes by in this browser's log. */
  actorOf(device: DeviceId | null): string;
  /** @param by who made the change; `null` where nobody says */
  record(
    by: DeviceId | null,
    event: Pick<EventRecord, "kind" | "subject" | "before" | "after">,
  ): void;
  /** Notes a change that the log doesn't tell of. */
  touch(): void;
  readonly hasChanged: boolean;
  /** Appends what was recorded. */
  finish(tx: WriteTx<"events">): Promise<void>;
}

/** @param self who this browser is for the others: what it did is its own in the log, too */
export function createSyncJournal(ctx: Ctx, self: DeviceId): SyncJournal {
  const at = ctx.now();
  const events: NewEvent[] = [];
  let isTouched = false;
  const actorOf = (device: DeviceId | null): string => {
    if (device === null) return SYNC_ACTOR;
    return device === self ? ctx.actor : `device:${device}`;
  };
  return {
    at,
    actorOf,
    record: (by, event) => void events.push({ at, actor: actorOf(by), ...event }),
    touch: () => void (isTouched = true),
    get hasChanged() {
      return isTouched || events.length > 0;
    },
    finish: (tx) => appendEvents(tx, events, ctx.hasher.hashText, ctx.newUid),
  };
}
