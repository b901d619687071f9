// What a round's failure means for the next one: when to try again, or what the person has to do first.
import { describeError, isCairnError, problemOf } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";

/** What follows from a failure. */
export type Consequence =
  /** The person stopped it, or nobody needs it any more. */
  | { readonly kind: "cancelled" }
  /** Until there is a network again, or the time is over. */
  | { readonly kind: "offline"; readonly ms: number }
  /** @property isRule the hub named the time: it holds after a reload, too */
  | { readonly kind: "wait"; readonly ms: number; readonly isRule: boolean; readonly why: string }
  /** @property isOurs it wasn't the remote's: a change here may help, too */
  | {
      readonly kind: "blocked";
      readonly failure: HubFailure | null;
      readonly isOurs: boolean;
      readonly why: string;
    };

const MINUTE = 60_000;
/** The longest wait between tries. */
const MOST_MS = 15 * MINUTE;
const BACKOFF_MS = 30_000;
const OFFLINE_MS = MINUTE;
const RATE_MS = 5 * MINUTE;
/** The Hub counts commits by the hour. */
const COMMIT_RATE_MS = 60 * MINUTE;
/** A wait is made longer by up to this part, so that devices don't all come back at once. */
const JITTER = 0.5;

/**
 * @param failed how many rounds in a row failed so, this one among them: from 1
 * @param random from 0 up to 1
 */
export function consequenceOf(error: unknown, failed: number, random: number): Consequence {
  const why = describeError(problemOf(error));
  const backoff = (): Consequence => ({
    kind: "wait",
    ms: Math.min(MOST_MS, doubled(BACKOFF_MS, failed) * (1 + JITTER * random)),
    isRule: false,
    why,
  });
  if (isCairnError(error, "aborted")) return { kind: "cancelled" };
  // Bytes that another place has, and that couldn't be had just now.
  if (isCairnError(error, "remote_failed")) return backoff();
  if (isCairnError(error, "invalid_remote"))
    return { kind: "blocked", failure: null, isOurs: false, why };
  if (!isCairnError(error, "hub_failed"))
    return { kind: "blocked", failure: null, isOurs: true, why };
  const { kind } = error.data;
  switch (kind) {
    case "offline":
      return { kind: "offline", ms: Math.min(MOST_MS, doubled(OFFLINE_MS, failed)) };
    case "rate":
      return { kind: "wait", ms: RATE_MS, isRule: true, why };
    case "commit_rate":
      return { kind: "wait", ms: COMMIT_RATE_MS, isRule: true, why };
    case "timeout":
    case "server":
    case "busy":
    case "changed":
    case "missing_object":
    case "odd_answer":
      return backoff();
    case "signed_out":
    case "forbidden":
    case "not_found":
    case "full":
    case "exists":
    case "too_large":
    case "needs_xet":
      return { kind: "blocked", failure: kind, isOurs: false, why };
    default:
      return kind satisfies never;
  }
}

function doubled(ms: number, failed: number): number {
  // Beyond ten doublings every wait is the longest.
  return ms * 2 ** Math.min(10, failed - 1);
}
