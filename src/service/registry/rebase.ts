// Two logs of one registry put into one line: theirs first, then this browser's own events anew [E3 S4].
import { CairnError, describeError } from "../../core/errors.ts";
import { EMPTY_FOLD, foldEvents, type CheckedEvent, type Fold } from "../../core/registry/fold.ts";
import { judge } from "../../core/registry/judge.ts";
import type { MemberKey, RegistryAct, RegistryEvent } from "../../core/registry/records.ts";
import type { EventFault, RegistryState } from "../../core/registry/state.ts";
import { StateDraft } from "../../core/registry/state-draft.ts";
import { nameOf } from "../../core/registry/views.ts";
import type { ImportPlan } from "../../protocol/registry-log-api.ts";
import type { StoredRegistryEvent } from "../../store/schema.ts";
import { subjectOf } from "./act-subject.ts";
import { describeFault } from "./fault-text.ts";
import { invalidLog, lineOf, type Entry, type LogFile } from "./log-file.ts";
import { findOverreach, findPushedOff, hasLostRights } from "./overreach.ts";
import type { OpenRegistry } from "./read-registry.ts";
import { sayAgain } from "./say-again.ts";

/** A registry as it is here, with its events. */
export interface OurLog {
  readonly open: OpenRegistry;
  readonly rows: readonly StoredRegistryEvent[];
}

/** A file whose chain is whole, with what its signatures and rights come to. */
export interface TheirLog {
  readonly file: LogFile;
  readonly rows: readonly CheckedEvent[];
  readonly fold: Fold;
}

/** An own event as it will be signed again. */
export interface Replayed {
  readonly uid: RegistryEvent["uid"];
  readonly at: string;
  readonly act: RegistryAct;
}

/** What bringing a file in would do to a log. */
export interface Merge {
  readonly kind: ImportPlan["kind"];
  /** Where both logs part; events of the file from here on come in. */
  readonly split: number;
  /** Own events that follow them. */
  readonly replayed: readonly Replayed[];
  /** Own ones that the newer state doesn't allow, each in a sentence. */
  readonly dropped: readonly string[];
}

/** How many events both logs begin with. */
export function findSplit({ rows }: OurLog, others: readonly Entry[]): number {
  const place = rows.findIndex(({ digest }, index) => digest !== others[index]?.digest);
  return place === -1 ? rows.length : place;
}

/**
 * Decides what a file means for the log here.
 *
 * An event is known by its id and its actor, so one that its actor signed again elsewhere is not
 * missing. Nor is one of others that by now says nothing new, or what isn't allowed any more: its
 * actor couldn't bring it in either. Whoever sealed a file has taken back what it lacks of theirs.
 *
 * @param me who uses this browser
 * @throws CairnError `log_forked` where others' events would be lost; `invalid_log` where the file
 *   does what its actors have no right to any more
 */
export function planMerge(
  ours: OurLog,
  theirs: TheirLog,
  me: MemberKey | null,
  now: string,
): Merge {
  const split = findSplit(ours, theirs.rows);
  const still = (kind: Merge["kind"]): Merge => ({ kind, split, replayed: [], dropped: [] });
  if (split === 0)
    throw invalidLog(
      lineOf(0),
      `it begins otherwise than the registry “${ours.open.record.name}” here, which it says it is`,
    );
  const ourTail = withEffect(ours.rows.slice(split), ours.open.fold);
  const theirTail = withEffect(theirs.rows.slice(split), theirs.fold);
  if (ours.rows.length === split) return still(theirs.rows.length === split ? "same" : "forward");
  if (theirs.rows.length === split) return still("older");
  const missing = without(ourTail, theirTail);
  const newer = stateOf(theirs.fold);
  const news = without(theirTail, ourTail);
  if (!saysMore(news, newer, ours.open.state)) {
    if (saysMore(missing, ours.open.state, newer)) return still("older");
    // Both say the same in another order: everybody must choose the same one.
    if (isOurOrder(ours, theirs, split)) return still("same");
  }
  const { state } = ours.open;
  const common = foldEvents(EMPTY_FOLD, ours.rows.slice(0, split));
  const [overreach] = findOverreach(common, theirs.rows.slice(split), state);
  if (overreach !== undefined)
    throw invalidLog(
      lineOf(overreach.seq),
      `“${nameOf(state, overreach.actor)}” has no right to this by now, and the file goes on from before they lost it, so let them bring in the log from here first`,
    );
  // Who lost rights could take back what was done with them.
  const { head } = theirs.file;
  const before = stateOf(common);
  const takenBack = missing.filter(
    ({ actor, at }) =>
      actor === head.by &&
      actor !== me &&
      at <= head.exportedAt &&
      !hasLostRights(before, state, actor),
  );
  const replay = new Replay({ ...newer, name: state.name }, theirs.fold.lastAt, now);
  for (const event of without(missing, takenBack)) replay.add(event, state, event.actor === me);
  if (replay.foreign.length > 0) throw forked(ours, split, replay.foreign);
  const reasons = [...theirTail, ...takenBack];
  const people = new Set(missing.map(({ actor }) => actor));
  const pushed = findPushedOff(state, replay.state, reasons, people);
  if (pushed !== undefined)
    throw invalidLog(
      null,
      `it would take the protected alias “${pushed.alias}” of “${pushed.collection}” from where it is, and no Admin did that, so let whoever sent it bring in the log from here first`,
    );
  return { kind: "rebase", split, replayed: replay.replayed, dropped: replay.dropped };
}

/** Events done once more, one after the other, behind a log that lacks them. */
class Replay {
  readonly replayed: Replayed[] = [];
  readonly dropped: string[] = [];
  /** Others' events that would still have effect: only they can sign them again. */
  readonly foreign: RegistryEvent[] = [];
  state: RegistryState;
  readonly #lastAt: string;
  readonly #now: string;
  readonly #draft: StateDraft;

  constructor(state: RegistryState, lastAt: string, now: string) {
    this.state = state;
    this.#lastAt = lastAt;
    this.#now = now;
    this.#draft = new StateDraft(state);
  }

  /**
   * @param then the state that the event was in
   * @param isOwn whether this browser can sign it again
   */
  add(event: RegistryEvent, then: RegistryState, isOwn: boolean): void {
    const { uid, actor, registry } = event;
    const act = sayAgain(event.act, then, this.state);
    // So already: nothing is lost.
    if (act === null) return;
    const fault = judge(this.state, actor, act);
    if (fault !== null) this.#drop(event, fault, isOwn ? null : nameOf(then, actor));
    else if (!isOwn) this.foreign.push(event);
    else {
      // Others take nothing of a clock that ran ahead.
      const was = event.at < this.#now ? event.at : this.#now;
      const at = was > this.#lastAt ? was : this.#lastAt;
      this.state = this.#draft.apply({ registry, at, actor, act });
      this.replayed.push({ uid, at, act });
    }
  }

  /** @param by whose it is; `null` for the person at this browser */
  #drop({ act }: RegistryEvent, fault: EventFault, by: string | null): void {
    const isOwnRule = by === null && fault.kind === "rule";
    const reason = isOwnRule ? describeError(fault.problem) : describeFault(fault, by ?? "");
    const subject = subjectOf(act, this.state.name);
    this.dropped.push(`${subject}${by === null ? "" : ` by “${by}”`}: ${reason}`);
  }
}

function stateOf({ state }: Fold): RegistryState {
  if (state === null) throw invalidLog(lineOf(0), "it doesn't make a registry");
  return state;
}

function withEffect(rows: readonly CheckedEvent[], { faults }: Fold): readonly RegistryEvent[] {
  return rows.map(({ event }) => event).filter(({ seq }) => !faults.has(seq));
}

function without(
  events: readonly RegistryEvent[],
  others: readonly RegistryEvent[],
): readonly RegistryEvent[] {
  const known = new Set(others.map(idOf));
  return events.filter((event) => !known.has(idOf(event)));
}

/** Nobody can sign for another, so nobody can give another's event for one of theirs. */
function idOf({ actor, uid }: RegistryEvent): string {
  return `${actor}/${uid}`;
}

/** Whether events of one state wish for anything that isn't so in another. */
function saysMore(
  events: readonly RegistryEvent[],
  then: RegistryState,
  now: RegistryState,
): boolean {
  return events.some(({ act }) => sayAgain(act, then, now) !== null);
}

function isOurOrder({ rows }: OurLog, theirs: TheirLog, split: number): boolean {
  const ours = rows[split]?.event.signature ?? "";
  return ours <= (theirs.rows[split]?.event.signature ?? "");
}

function forked(
  { open }: OurLog,
  split: number,
  foreign: readonly RegistryEvent[],
): CairnError<"log_forked"> {
  const signers = [...new Set(foreign.map(({ actor }) => nameOf(open.state, actor)))];
  return new CairnError("log_forked", { registry: open.record.name, split, signers });
}
