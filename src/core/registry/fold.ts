// A registry's log folded into its state [E3 E4].
import { happenedBy } from "../alias-history.ts";
import type { Digest } from "../digest.ts";
import { judge } from "./judge.ts";
import type { RegistryEvent } from "./records.ts";
import { StateDraft, type Applied } from "./state-draft.ts";
import type { EventFault, RegistryState } from "./state.ts";

/** A log read so far. */
export interface Fold {
  /** `null` before an event that makes the registry. */
  readonly state: RegistryState | null;
  /** Events without effect, by place. */
  readonly faults: ReadonlyMap<number, EventFault>;
  /** Place of the last event read; -1 for none. */
  readonly seq: number;
  /** Digest of the last event read, with effect or without. */
  readonly head: Digest | null;
  /** Time of the last event with effect; "" for none. What others claim can't hold up the clock. */
  readonly lastAt: string;
}

export const EMPTY_FOLD: Fold = { state: null, faults: new Map(), seq: -1, head: null, lastAt: "" };

/** An event with what was found out about it, which takes long, so that it is done once. */
export interface CheckedEvent {
  readonly event: RegistryEvent;
  /** BLAKE3 of its canonical text. */
  readonly digest: Digest;
  /** Whether the signature is its actor's; that of a request it carries, too. */
  readonly isSigned: boolean;
}

/**
 * Folds events onto a log read so far, which stays as it was. What fails has no effect and is
 * among the faults. An event that doesn't follow the one in front is such, too; the next is then
 * asked whether it follows that one, so what was torn out or put in costs no more than its place.
 *
 * @param until ISO date or date-time: ends before the first event after it that would have effect
 * @param onEffect looks on before an event takes effect; the state it is given changes with it
 */
export function foldEvents(
  fold: Fold,
  events: Iterable<CheckedEvent>,
  until?: string,
  onEffect?: (before: RegistryState, event: RegistryEvent) => void,
): Fold {
  const draft = new StateDraft(fold.state);
  const faults = new Map(fold.faults);
  let { seq, head, lastAt } = fold;
  for (const { event, digest, isSigned } of events) {
    const fault = findFault(draft.state, { seq, head, lastAt }, event, isSigned);
    if (fault !== null) faults.set(event.seq, fault);
    else {
      if (until !== undefined && !happenedBy(event.at, until)) break;
      if (draft.state !== null) onEffect?.(draft.state, event);
      draft.apply(event);
      lastAt = event.at;
    }
    seq = event.seq;
    head = digest;
  }
  return { state: draft.state, faults, seq, head, lastAt };
}

/** The state after an act that {@link judge} allowed. The given one stays as it was. */
export function applyAct(state: RegistryState | null, event: Applied): RegistryState {
  return new StateDraft(state).apply(event);
}

function findFault(
  state: RegistryState | null,
  { seq, head, lastAt }: Pick<Fold, "seq" | "head" | "lastAt">,
  event: RegistryEvent,
  isSigned: boolean,
): EventFault | null {
  const isInPlace = event.seq === seq + 1 && event.previous === head;
  if (!isInPlace || (state !== null && event.registry !== state.uid)) return { kind: "chain" };
  if (event.at < lastAt) return { kind: "time" };
  if (!isSigned) return { kind: "signature" };
  if (state === null && event.seq > 0)
    return { kind: "stale", reason: "the registry's first event has no effect" };
  return judge(state, event.actor, event.act);
}
