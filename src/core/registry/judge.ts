// Whether an act may be done in a registry as it stands: the one place of the rules [G P E3].
import { judgeCollectionAct } from "./judge-collections.ts";
import { judgeLinkAct } from "./judge-links.ts";
import { judgePeopleAct } from "./judge-people.ts";
import { judgeRequestAct } from "./judge-requests.ts";
import { judgeSettingsAct } from "./judge-settings.ts";
import { checkPermission, rule, stale } from "./permit.ts";
import type { MemberKey, RegistryAct } from "./records.ts";
import type { EventFault, RegistryState } from "./state.ts";

/**
 * Why an act can't be done, or `null`. The service asks before it writes, and the fold asks again
 * of every event.
 *
 * @param state `null` before the first event
 */
export function judge(
  state: RegistryState | null,
  actor: MemberKey,
  act: RegistryAct,
): EventFault | null {
  if (act.kind === "registry-created")
    return state === null ? null : stale("the registry was made already");
  if (state === null) return stale("the registry was not made yet");
  if (act.kind === "registry-restored")
    return state.isDeleted
      ? rule(checkPermission(state, actor, "delete_registry"))
      : stale("the registry is not deleted");
  if (state.isDeleted) return rule({ code: "in_trash", data: { name: `registry-${state.name}` } });
  switch (act.kind) {
    case "registry-deleted":
      return rule(checkPermission(state, actor, "delete_registry"));
    case "registry-edited":
    case "protection-added":
    case "protection-changed":
    case "protection-removed":
      return judgeSettingsAct(state, actor, act);
    case "member-added":
    case "member-changed":
    case "member-removed":
      return judgePeopleAct(state, actor, act);
    case "collection-created":
    case "collection-edited":
    case "collection-deleted":
    case "collection-restored":
      return judgeCollectionAct(state, actor, act);
    case "version-linked":
    case "version-unlinked":
    case "version-restored":
    case "alias-moved":
    case "alias-removed":
      return judgeLinkAct(state, actor, act);
    case "promotion-requested":
    case "promotion-settled":
      return judgeRequestAct(state, actor, act);
    default:
      return unknown(act);
  }
}

/** Every kind there is was looked at; but a newer Cairn may have written into the same log. */
function unknown(act: never): EventFault {
  const { kind }: RegistryAct = act;
  return {
    kind: "malformed",
    reason: `it is of a kind that this Cairn doesn't know, “${kind}”; reload to get a newer one`,
  };
}
