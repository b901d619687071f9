// When a remote's next round is due, and what its state is called meanwhile. Times in milliseconds.
import type { SyncActivity } from "../protocol/sync-api.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { Consequence } from "./failures-to-activity.ts";

/** Not while the page starts. */
export const START_MS = 2_000;
/** Changes come in bursts, and an hour has only so many commits: a round waits until they end. */
export const QUIET_MS = 45_000;
/** The longest that changes wait for their end. */
export const MOST_QUIET_MS = 180_000;
/** How often it is looked for what others did. */
export const CHECK_MS = 300_000;
/** Longer than any rule of the hub lasts. */
const MOST_RULE_MS = 2 * 3_600_000;

/** What keeps a remote from its next round: a failure, and until when. */
export type Trouble = Exclude<Consequence, { kind: "cancelled" }> & { readonly until: number };

/** What a round waits for. */
export interface Schedule {
  /** Somebody asked for a round now. */
  readonly isAsked: boolean;
  /** The first and the last change since the last round; `null` for none. */
  readonly firstChange: number | null;
  readonly lastChange: number | null;
  /** When to look for what others did; `null` after a cancel: not by itself. */
  readonly check: number | null;
  readonly trouble: Trouble | null;
}

type Row = Pick<RemoteRecord, "pausedAt" | "notBefore">;

/** When the next round is due: at any time in the past for now, `null` for not by itself. */
export function dueAt(schedule: Schedule, row: Row, now: number): number | null {
  const { isAsked, trouble } = schedule;
  if (isAsked) return 0;
  if (row.pausedAt !== null) return null;
  const wished = wishedAt(schedule, trouble);
  const wait = waitOf(row, now);
  return wished === null || wait === null ? wished : Math.max(wished, wait);
}

/** When the hub's rule ends; `null` for none. One that lasts longer than any does was set by a clock that was wrong. */
function waitOf({ notBefore }: Row, now: number): number | null {
  if (notBefore === null) return null;
  const until = Date.parse(notBefore);
  return until - now > MOST_RULE_MS ? null : until;
}

function wishedAt(schedule: Schedule, trouble: Trouble | null): number | null {
  const changed = changeDueAt(schedule);
  switch (trouble?.kind) {
    case "offline":
    case "wait":
      return trouble.until;
    case "blocked":
      return trouble.isOurs ? changed : null;
    case undefined:
      return earlier(changed, schedule.check);
    default:
      return trouble satisfies never;
  }
}

function changeDueAt({ firstChange, lastChange }: Schedule): number | null {
  if (firstChange === null || lastChange === null) return null;
  return Math.min(lastChange + QUIET_MS, firstChange + MOST_QUIET_MS);
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** What a remote does while no round runs. */
export function restingActivity(
  { trouble }: Pick<Schedule, "trouble">,
  row: Row,
  now: number,
): SyncActivity {
  if (row.pausedAt !== null) return { kind: "paused" };
  if (trouble?.kind === "blocked")
    return { kind: "blocked", failure: trouble.failure, why: trouble.why };
  if (trouble?.kind === "offline") return { kind: "offline" };
  if (row.notBefore !== null && (waitOf(row, now) ?? 0) > now)
    return { kind: "waiting", until: row.notBefore, why: trouble?.why ?? HUB_SAID_SO };
  if (trouble?.kind === "wait" && trouble.until > now)
    return { kind: "waiting", until: new Date(trouble.until).toISOString(), why: trouble.why };
  return { kind: "idle" };
}

const HUB_SAID_SO = "The hub asked for patience. Cairn goes on by itself.";
