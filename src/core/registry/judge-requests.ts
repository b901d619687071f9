// Rules of promotion requests: who may ask, and who may settle [P2 P6].
import { checkAlias } from "../names.ts";
import { formatVersion } from "../version.ts";
import { checkAliasPermission, checkPermission, rule, stale } from "./permit.ts";
import type { ActOf, MemberKey, PromotionAsk } from "./records.ts";
import { roleName } from "./roles.ts";
import type { EventFault, RegistryState } from "./state.ts";
import { findLiveCollection, nameOf, roleOf } from "./views.ts";

/** {@link judge} for requests. */
export function judgeRequestAct(
  state: RegistryState,
  actor: MemberKey,
  act: ActOf<"promotion-requested" | "promotion-settled">,
): EventFault | null {
  if (act.kind === "promotion-settled") return judgeSettle(state, actor, act);
  return checkAsk(state, actor, act) ?? checkLink(state, act);
}

function judgeSettle(
  state: RegistryState,
  actor: MemberKey,
  act: ActOf<"promotion-settled">,
): EventFault | null {
  const asked = findAsk(state, act);
  if ("kind" in asked) return asked;
  const { ask, by } = asked;
  if (act.outcome === "withdrawn") return actor === by ? null : notTheirs(state, actor, by);
  // Who may grant it may refuse it.
  const refused = checkAliasPermission(state, actor, ask.alias, "set");
  if (refused !== null) return rule(refused);
  return act.outcome === "approved" ? checkLink(state, ask) : null;
}

/** The request that an event settles, with who asked. */
function findAsk(
  state: RegistryState,
  { request, signed }: ActOf<"promotion-settled">,
): EventFault | { readonly ask: PromotionAsk; readonly by: MemberKey } {
  const logged = state.requests.get(request);
  if (signed === null) {
    if (logged === undefined) return stale("there was no such request");
    return logged.settled === null
      ? { ask: logged, by: logged.askedBy }
      : stale("the request was settled already");
  }
  if (signed.registry !== state.uid) return stale("the request was for another registry");
  if (signed.ask.request !== request) return stale("the request was another one");
  const fault = checkAsk(state, signed.actor, signed.ask);
  return fault ?? { ask: signed.ask, by: signed.actor };
}

function checkAsk(state: RegistryState, actor: MemberKey, ask: PromotionAsk): EventFault | null {
  const problem = checkPermission(state, actor, "ask_promotion") ?? checkAlias(ask.alias);
  if (problem !== null) return rule(problem);
  return state.requests.has(ask.request) ? stale("the request was made before") : null;
}

/** Whether the number still means what was asked for. */
function checkLink(state: RegistryState, ask: PromotionAsk): EventFault | null {
  const link = findLiveCollection(state, ask.collection)?.links.get(ask.number);
  if (link?.isLive !== true) return stale(`${formatVersion(ask.number)} was not linked`);
  return link.source.version === ask.source
    ? null
    : stale(`${formatVersion(ask.number)} was another version than the one asked for`);
}

function notTheirs(state: RegistryState, actor: MemberKey, by: MemberKey): EventFault {
  const data = {
    registry: state.name,
    act: "withdraw a request that somebody else made",
    role: roleName(roleOf(state, actor)),
    needed: nameOf(state, by),
    who: [nameOf(state, by)],
  };
  return rule({ code: "not_permitted", data });
}
