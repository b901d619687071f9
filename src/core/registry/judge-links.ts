// Rules of links and their aliases [G3 G4 G5 G7 P2 P3].
import { assertNever } from "../brand.ts";
import { checkAlias } from "../names.ts";
import { formatVersion, nextVersion } from "../version.ts";
import { judgeCondition, type Evidence } from "./condition.ts";
import { formatPlace } from "./names.ts";
import {
  checkAliasPermission,
  checkPermission,
  heldProblem,
  protectedOfLink,
  rule,
  stale,
} from "./permit.ts";
import type { ActOf, LinkSource, MemberKey } from "./records.ts";
import { mayDo } from "./roles.ts";
import { isSame } from "./same.ts";
import type { Collection, EventFault, RegistryState } from "./state.ts";
import { aliasesOfLink, findLiveCollection, protectionOf, roleOf } from "./views.ts";

type AliasAct = ActOf<"alias-moved" | "alias-removed">;
type LinkAct = ActOf<"version-linked" | "version-unlinked" | "version-restored"> | AliasAct;

/** {@link judge} for links and aliases. */
export function judgeLinkAct(
  state: RegistryState,
  actor: MemberKey,
  act: LinkAct,
): EventFault | null {
  const refused = checkActor(state, actor, act);
  if (refused !== null) return refused;
  const collection = findLiveCollection(state, act.collection);
  if (collection === undefined) return stale(`there was no collection “${act.collection}”`);
  switch (act.kind) {
    case "version-linked":
      return judgeLink(state, collection, act);
    case "version-unlinked":
      return judgeUnlink(state, actor, collection, act);
    case "version-restored":
      return judgeRestore(state, collection, act);
    case "alias-moved":
      return judgeMove(state, actor, collection, act);
    case "alias-removed":
      return checkHolder(collection, act);
    default:
      return assertNever(act);
  }
}

function checkActor(state: RegistryState, actor: MemberKey, act: LinkAct): EventFault | null {
  switch (act.kind) {
    case "version-linked":
    case "version-restored":
      return rule(checkPermission(state, actor, "link"));
    case "version-unlinked":
      return rule(checkPermission(state, actor, "unlink"));
    case "alias-moved":
      return rule(
        checkAlias(act.alias) ??
          checkAliasPermission(state, actor, act.alias, act.before === null ? "set" : "move"),
      );
    case "alias-removed":
      return rule(checkAliasPermission(state, actor, act.alias, "take off"));
    default:
      return assertNever(act);
  }
}

function judgeLink(
  state: RegistryState,
  collection: Collection,
  { number, source }: ActOf<"version-linked">,
): EventFault | null {
  const next = nextVersion(collection.lastNumber);
  if (number !== next) return stale(`the next number was ${formatVersion(next)}`);
  return checkSource(state, collection, source);
}

function judgeRestore(
  state: RegistryState,
  collection: Collection,
  { number }: ActOf<"version-restored">,
): EventFault | null {
  const link = collection.links.get(number);
  if (link === undefined) return stale(`${formatVersion(number)} was never linked`);
  if (link.isLive) return stale(`${formatVersion(number)} was not unlinked`);
  return checkSource(state, collection, link.source);
}

function checkSource(
  state: RegistryState,
  collection: Collection,
  source: LinkSource,
): EventFault | null {
  const name = formatPlace(state.name, collection.name);
  if (source.type !== collection.type) {
    const data = { name, existing: collection.type, given: source.type };
    return rule({ code: "type_mismatch", data });
  }
  const linked = collection.liveNumbers.get(source.version);
  return linked === undefined ? null : stale(`its source was ${formatVersion(linked)} already`);
}

function judgeUnlink(
  state: RegistryState,
  actor: MemberKey,
  collection: Collection,
  { number, aliases }: ActOf<"version-unlinked">,
): EventFault | null {
  if (collection.links.get(number)?.isLive !== true)
    return stale(`${formatVersion(number)} was not linked`);
  if (!mayDo(roleOf(state, actor), "unlink_protected")) {
    const held = protectedOfLink(state, collection, number);
    if (held.length > 0) return rule(heldProblem(state, collection, held, "unlink", number));
  }
  const isAsSaid = isSame(aliases.toSorted(), aliasesOfLink(collection, number));
  return isAsSaid ? null : stale(`${formatVersion(number)} held other aliases`);
}

function judgeMove(
  state: RegistryState,
  actor: MemberKey,
  collection: Collection,
  act: ActOf<"alias-moved">,
): EventFault | null {
  if (collection.links.get(act.after)?.isLive !== true)
    return stale(`${formatVersion(act.after)} was not linked`);
  if (act.before === act.after) return stale(`“${act.alias}” was there already`);
  return (
    checkHolder(collection, act) ??
    checkEvidence(state, collection, act, act.evidence) ??
    checkRequest(state, actor, collection, act)
  );
}

function checkHolder(collection: Collection, { alias, before }: AliasAct): EventFault | null {
  const holder = collection.aliases.get(alias) ?? null;
  if (holder === before) return null;
  return stale(`“${alias}” was on ${holder === null ? "no version" : formatVersion(holder)}`);
}

function checkEvidence(
  state: RegistryState,
  collection: Collection,
  { alias, after }: ActOf<"alias-moved">,
  evidence: Evidence | null,
): EventFault | null {
  const condition = protectionOf(state, alias)?.condition ?? null;
  if (condition === null)
    return evidence === null ? null : stale(`“${alias}” had no condition to judge`);
  if (evidence === null) return stale(`“${alias}” had a condition, and nothing was said of it`);
  const reasons = judgeCondition(condition, evidence);
  if (reasons.length === 0) return null;
  const version = formatPlace(state.name, collection.name, formatVersion(after));
  const data = { registry: state.name, alias, version, reasons };
  return rule({ code: "condition_failed", data });
}

/** A move for a request follows its approval at once, and does what was asked. */
function checkRequest(
  state: RegistryState,
  actor: MemberKey,
  collection: Collection,
  act: ActOf<"alias-moved">,
): EventFault | null {
  if (act.request === null) return null;
  const request = state.requests.get(act.request);
  const settled = request?.settled ?? null;
  const isApproved =
    settled?.outcome === "approved" && settled.by === actor && settled.at === state.updatedAt;
  if (request === undefined || !isApproved) return stale("its request was not just approved");
  const isAsked =
    request.collection === collection.name &&
    request.alias === act.alias &&
    request.number === act.after;
  return isAsked ? null : stale("its request asked for something else");
}
