// Rules of a registry's settings: what it says of itself, and which aliases it protects [G2 P1 P5].
import type { ArtifactType } from "../names.ts";
import { checkPattern } from "./names.ts";
import { checkPermission, rule, stale } from "./permit.ts";
import type { ActOf, MemberKey } from "./records.ts";
import { isSame, pickLike } from "./same.ts";
import type { EventFault, RegistryState } from "./state.ts";

type SettingsAct = ActOf<
  "registry-edited" | "protection-added" | "protection-changed" | "protection-removed"
>;

/** {@link judge} for settings. */
export function judgeSettingsAct(
  state: RegistryState,
  actor: MemberKey,
  act: SettingsAct,
): EventFault | null {
  const permission = act.kind === "registry-edited" ? "edit_settings" : "manage_protection";
  const refused = checkPermission(state, actor, permission);
  if (refused !== null) return rule(refused);
  return act.kind === "registry-edited" ? judgeEdit(state, act) : judgeProtection(state, act);
}

function judgeEdit(
  state: RegistryState,
  { before, after }: ActOf<"registry-edited">,
): EventFault | null {
  const { description, types, visibility } = state;
  if (!isSame(before, pickLike(after, { description, types, visibility })))
    return stale("its settings were not as said");
  const missing = after.types === undefined ? [] : missingTypes(state, after.types);
  if (missing.length === 0) return null;
  return rule({ code: "types_can_only_grow", data: { registry: state.name, missing } });
}

/** Those that must stay [G2]. Where all were taken, what its collections hold. */
function missingTypes(
  state: RegistryState,
  types: readonly ArtifactType[],
): readonly ArtifactType[] {
  if (state.types.length > 0) return state.types.filter((type) => !types.includes(type));
  if (types.length === 0) return [];
  const live = [...state.collections.values()].filter(({ isDeleted }) => !isDeleted);
  return [...new Set(live.map(({ type }) => type))].filter((type) => !types.includes(type));
}

function judgeProtection(
  state: RegistryState,
  act: Exclude<SettingsAct, ActOf<"registry-edited">>,
): EventFault | null {
  const { pattern } = act;
  const entry = state.protections.get(pattern);
  if (act.kind === "protection-added") {
    if (entry === undefined) return rule(checkPattern(pattern));
    return rule({ code: "already_exists", data: { what: "protected alias", name: pattern } });
  }
  if (entry === undefined) return stale(`“${pattern}” was not protected`);
  return isSame(act.before, entry.condition) ? null : stale(`“${pattern}” had another condition`);
}
