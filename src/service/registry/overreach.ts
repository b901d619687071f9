// What a file would do with rights that were lost here since: somebody can always go on from an old point [E3 P8].
import type { ErrorCode } from "../../core/errors.ts";
import { foldEvents, type CheckedEvent, type Fold } from "../../core/registry/fold.ts";
import { judge } from "../../core/registry/judge.ts";
import type {
  AliasPattern,
  CollectionName,
  MemberKey,
  RegistryAct,
  RegistryEvent,
} from "../../core/registry/records.ts";
import { matchesPattern } from "../../core/registry/names.ts";
import { ROLES } from "../../core/registry/roles.ts";
import { isSame } from "../../core/registry/same.ts";
import type { Member, Protection, RegistryState } from "../../core/registry/state.ts";
import { protectionOf } from "../../core/registry/views.ts";
import type { Alias } from "../../core/names.ts";
import type { VersionUid } from "../../core/records.ts";

/** Rights that were taken away between two states of a log. */
interface Limits {
  /** What they are by now; `null` for who isn't listed any more. */
  readonly members: ReadonlyMap<MemberKey, Member | null>;
  /** Entries that came, or got another condition. */
  readonly protections: ReadonlyMap<AliasPattern, Protection>;
}

/** What those are told who lack the right to something. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "not_permitted",
  "alias_protected",
  "protected_held",
]);

/**
 * Events of one log with effect that their actor might not do with the rights they have by now in
 * the other. Honest people find themselves there, too, when they worked offline: their own device
 * takes the other log, which judges their work anew.
 *
 * @param split the fold up to where both logs are one
 * @param tail what one log goes on with
 * @param other the state that the other one comes to
 */
export function findOverreach(
  split: Fold,
  tail: readonly CheckedEvent[],
  other: RegistryState,
): readonly RegistryEvent[] {
  if (split.state === null) return [];
  const limits = limitsSince(split.state, other);
  if (limits.members.size === 0 && limits.protections.size === 0) return [];
  const found: RegistryEvent[] = [];
  foldEvents(split, tail, undefined, (before, event) => {
    const fault = judge(limited(before, limits), event.actor, event.act);
    if (fault?.kind === "rule" && REFUSALS.has(fault.problem.code)) found.push(event);
  });
  return found;
}

/** Whether somebody may do less by now than they might. */
export function hasLostRights(before: RegistryState, now: RegistryState, key: MemberKey): boolean {
  return limitsSince(before, now).members.has(key);
}

/** An alias of a collection. */
interface Holding {
  readonly collection: CollectionName;
  readonly alias: Alias;
}

/**
 * A protected alias that would no longer be where it is here, though no admin said so. So could
 * somebody without rights push it off: by what was allowed before it was put there.
 *
 * @param merged the state with the file's events, and this browser's own behind them
 * @param reasons events that may move it: those that came, and those their actor took back
 * @param people whose events were done once more behind those that came
 */
export function findPushedOff(
  ours: RegistryState,
  merged: RegistryState,
  reasons: readonly RegistryEvent[],
  people: ReadonlySet<MemberKey>,
): Holding | undefined {
  const byAdmins = reasons.filter(({ actor }) => isAdmin(ours, actor) || isAdmin(merged, actor));
  for (const { name: collection, aliases } of ours.collections.values())
    for (const alias of aliases.keys()) {
      const holder = protectionOf(ours, alias) === null ? null : holderOf(ours, collection, alias);
      if (holder === null || holder === holderOf(merged, collection, alias)) continue;
      if (!byAdmins.some(({ act }) => mayMove(act, { collection, alias }, people)))
        return { collection, alias };
    }
  return undefined;
}

function limitsSince(before: RegistryState, now: RegistryState): Limits {
  const members = new Map<MemberKey, Member | null>();
  for (const { key, role } of before.members.values()) {
    const found = now.members.get(key) ?? null;
    if (found === null || rankOf(found) > ROLES.indexOf(role)) members.set(key, found);
  }
  const protections = new Map(
    [...now.protections].filter(([pattern, { condition }]) => {
      const former = before.protections.get(pattern);
      return former === undefined || !isSame(former.condition, condition);
    }),
  );
  return { members, protections };
}

/** A state in which nobody has rights that they lost, and nothing lacks a protection it got. */
function limited(state: RegistryState, limits: Limits): RegistryState {
  const members = new Map(state.members);
  for (const [key, limit] of limits.members) {
    const member = members.get(key);
    if (limit === null) members.delete(key);
    else if (member !== undefined && rankOf(member) < rankOf(limit)) members.set(key, limit);
  }
  const protections = new Map([...state.protections, ...limits.protections]);
  return { ...state, members, protections };
}

function rankOf({ role }: Member): number {
  return ROLES.indexOf(role);
}

function isAdmin({ members }: RegistryState, key: MemberKey): boolean {
  return members.get(key)?.role === "admin";
}

/** `null` for nobody. */
function holderOf(
  { collections, isDeleted }: RegistryState,
  name: CollectionName,
  alias: Alias,
): VersionUid | null {
  const collection = isDeleted ? undefined : collections.get(name);
  const number = collection?.isDeleted === false ? collection.aliases.get(alias) : undefined;
  const link = number === undefined ? undefined : collection?.links.get(number);
  return link?.source.version ?? null;
}

/** Whether an admin's act can be why an alias isn't where it was: moved, or what put it there not allowed. */
function mayMove(
  act: RegistryAct,
  { collection, alias }: Holding,
  people: ReadonlySet<MemberKey>,
): boolean {
  switch (act.kind) {
    case "registry-deleted":
      return true;
    case "member-changed":
    case "member-removed":
      return people.has(act.member);
    case "protection-added":
    case "protection-changed":
      return matchesPattern(act.pattern, alias);
    case "alias-moved":
    case "alias-removed":
      return act.collection === collection && act.alias === alias;
    case "version-unlinked":
    case "collection-deleted":
      return act.collection === collection;
    default:
      return false;
  }
}
