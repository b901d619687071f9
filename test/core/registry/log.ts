// Logs to fold: events as somebody would sign them, and random ones by several people.
import fc from "fast-check";
import { createHasher } from "../../../src/hash/hasher.ts";
import type { Uid } from "../../../src/core/records.ts";
import { eventText } from "../../../src/core/registry/event-text.ts";
import {
  EMPTY_FOLD,
  foldEvents,
  type CheckedEvent,
  type Fold,
} from "../../../src/core/registry/fold.ts";
import type { MemberKey, RegistryAct, RegistryEvent } from "../../../src/core/registry/records.ts";
import { ROLES } from "../../../src/core/registry/roles.ts";
import type { Collection, Member, RegistryState } from "../../../src/core/registry/state.ts";
import { aliasesOfLink } from "../../../src/core/registry/views.ts";
import { nextVersion, type VersionNumber } from "../../../src/core/version.ts";
import {
  aliasOf,
  ANN,
  askFor,
  collectionOf,
  created,
  DIGITS,
  memberAdded,
  minute,
  MO,
  patternOf,
  REX,
  SAM,
  SIGNATURE,
  settled,
  signedBy,
  sourceOf,
  typeOf,
  UID,
  v,
  VI,
} from "./sample.ts";

const { hashText } = await createHasher();

/** Folds a log from its start. */
export function fold(events: Iterable<CheckedEvent>, until?: string): Fold {
  return foldEvents(EMPTY_FOLD, events, until);
}

/** A log of acts, signed and chained as they should be, a minute after each other. */
export function logOf(
  ...acts: readonly (readonly [actor: MemberKey, act: RegistryAct])[]
): readonly CheckedEvent[] {
  const log: CheckedEvent[] = [];
  for (const [actor, act] of acts) log.push(nextEvent(log, actor, act));
  return log;
}

/** The event that goes behind a log. */
export function nextEvent(
  log: readonly CheckedEvent[],
  actor: MemberKey,
  act: RegistryAct,
): CheckedEvent {
  const last = log.at(-1);
  const seq = last === undefined ? 0 : last.event.seq + 1;
  const event: RegistryEvent = {
    registry: UID,
    seq,
    uid: `01EVENT${seq}` as Uid<"RegistryEvent">,
    at: minute(seq),
    actor,
    act,
    previous: last?.digest ?? null,
    signature: SIGNATURE,
  };
  return checked(event);
}

/** An event with its digest. */
export function checked(event: RegistryEvent, isSigned = true): CheckedEvent {
  return { event, digest: hashText([eventText(event)]), isSigned };
}

const PEOPLE = [ANN, MO, VI, REX, SAM];
/** Who acts: mostly those who may. */
const ACTORS = [ANN, MO, ANN, MO, ANN, MO, VI, REX, SAM, SAM];
const COLLECTIONS = [DIGITS, collectionOf("other")];
const ALIASES = ["production", "prod-eu", "best", "live"].map(aliasOf);
const PATTERNS = ["production", "prod-*", "best"].map(patternOf);

/** Picks that an act is made from: who, what, and three more. */
export type Picks = readonly [who: number, what: number, a: number, b: number, c: number];
export const picks: fc.Arbitrary<Picks> = fc.noBias(
  fc.tuple(fc.nat(9), fc.nat(40), fc.nat(11), fc.nat(11), fc.nat(11)),
);

/**
 * A log that random people try to write: each act fits what is there, as an honest Cairn would plan
 * it, whether its actor may do it or not.
 */
export function attempts(all: readonly Picks[]): readonly CheckedEvent[] {
  return written(all, () => true);
}

/** As {@link attempts}, but only what was allowed. */
export function honestLog(all: readonly Picks[]): readonly CheckedEvent[] {
  return written(all, ({ faults }) => faults.size === 0);
}

function written(
  all: readonly Picks[],
  isKept: (grown: ReturnType<typeof fold>) => boolean,
): readonly CheckedEvent[] {
  const log: CheckedEvent[] = [...beginning()];
  let now = fold(log);
  for (const given of all) {
    if (now.state === null) break;
    const act = actFor(now.state, given);
    if (act === undefined) continue;
    const next = nextEvent(log, pick(ACTORS, given[0]), act);
    const grown = foldEvents(now, [next]);
    if (!isKept(grown)) continue;
    log.push(next);
    now = grown;
  }
  return log;
}

function beginning(): readonly CheckedEvent[] {
  return logOf(
    [ANN, created],
    [ANN, memberAdded(MO, "Mo", "member")],
    [ANN, memberAdded(VI, "Vi", "viewer")],
    [ANN, { kind: "protection-added", pattern: patternOf("production"), condition: null }],
  );
}

function actFor(state: RegistryState, [, what, a, b, c]: Picks): RegistryAct | undefined {
  const name = pick(COLLECTIONS, a);
  const collection = state.collections.get(name);
  const live = collection?.isDeleted === false ? collection : undefined;
  if (what < 4) return actOnPeople(state, pick(PEOPLE, a), b);
  if (what < 7) return actOnProtection(state, a);
  if (state.isDeleted || (what === 7 && b < 3))
    return { kind: state.isDeleted ? "registry-restored" : "registry-deleted" };
  if (what === 8) {
    const { visibility } = state;
    const other = visibility === "open" ? "members" : "open";
    return { kind: "registry-edited", before: { visibility }, after: { visibility: other } };
  }
  if (what < 12 && collection?.isDeleted === true && b < 6)
    return { kind: "collection-restored", collection: name };
  if (live === undefined)
    return {
      kind: "collection-created",
      collection: name,
      type: typeOf("model"),
      card: "",
      tags: [],
    };
  if (what === 9) return { kind: "collection-deleted", collection: name };
  if (what === 10)
    return {
      kind: "collection-edited",
      collection: name,
      before: { card: live.card },
      after: { card: `card ${b}` },
    };
  if (what < 20)
    return {
      kind: "version-linked",
      collection: name,
      number: nextVersion(live.lastNumber),
      source: sourceOf(b),
    };
  if (what < 34) return actOnLink(live, what, b, c);
  return actOnRequest(state, live, b, c);
}

function actOnPeople(state: RegistryState, member: MemberKey, b: number): RegistryAct {
  const listed: Member | undefined = state.members.get(member);
  const role = pick(ROLES, b);
  if (listed === undefined) return memberAdded(member, `Name ${b}`, role);
  const before = { name: listed.name, role: listed.role };
  if (b > 9) return { kind: "member-removed", member, before };
  return { kind: "member-changed", member, before, after: { ...before, role } };
}

function actOnProtection(state: RegistryState, a: number): RegistryAct {
  const pattern = pick(PATTERNS, a);
  const entry = state.protections.get(pattern);
  if (entry === undefined) return { kind: "protection-added", pattern, condition: null };
  return { kind: "protection-removed", pattern, before: entry.condition };
}

function actOnLink(live: Collection, what: number, b: number, c: number): RegistryAct | undefined {
  const { name: collection, lastNumber } = live;
  if (lastNumber === null) return undefined;
  const number = (b % (lastNumber + 1)) as VersionNumber;
  if (what < 23) {
    const aliases = aliasesOfLink(live, number);
    return live.links.get(number)?.isLive === true
      ? { kind: "version-unlinked", collection, number, aliases }
      : { kind: "version-restored", collection, number };
  }
  const alias = pick(ALIASES, c);
  const before = live.aliases.get(alias) ?? null;
  if (before !== null && what > 30) return { kind: "alias-removed", collection, alias, before };
  return {
    kind: "alias-moved",
    collection,
    alias,
    before,
    after: number,
    evidence: null,
    request: null,
  };
}

function actOnRequest(state: RegistryState, live: Collection, b: number, c: number): RegistryAct {
  const id = `01REQUEST${b}`;
  const number = v(c % 4);
  const source = live.links.get(number)?.source.version ?? sourceOf(c).version;
  const alias = pick(ALIASES, c);
  const ask = { ...askFor(alias, id), collection: live.name, number, source };
  const outcome = pick(["approved", "declined", "withdrawn"] as const, c);
  if (state.requests.has(ask.request)) return settled(outcome, null, id);
  if (c > 8) return settled(outcome, signedBy(pick(PEOPLE, b), ask), id);
  return { kind: "promotion-requested", ...ask };
}

function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
