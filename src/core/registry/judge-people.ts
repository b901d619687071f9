// Rules of a registry's list of people [P7].
import { checkPermission, rule, stale } from "./permit.ts";
import type { ActOf, MemberFields, MemberKey } from "./records.ts";
import { isSame } from "./same.ts";
import type { EventFault, RegistryState } from "./state.ts";
import { adminsOf, nameOf } from "./views.ts";

type PeopleAct = ActOf<"member-added" | "member-changed" | "member-removed">;

/** {@link judge} for people. Anybody may remove themselves, and change what they are called. */
export function judgePeopleAct(
  state: RegistryState,
  actor: MemberKey,
  act: PeopleAct,
): EventFault | null {
  const member = state.members.get(act.member);
  const isOwn = act.member === actor && member !== undefined;
  const refused =
    isOwn && !changesRole(act) ? null : checkPermission(state, actor, "manage_members");
  if (refused !== null) return rule(refused);
  if (act.kind === "member-added") {
    if (member === undefined) return null;
    const name = nameOf(state, act.member);
    return rule({ code: "already_exists", data: { what: "member", name } });
  }
  if (member === undefined) return stale("they were not in the list of people");
  if (!isSame(act.before, fieldsOf(member))) return stale("they were listed otherwise");
  const after = act.kind === "member-changed" ? act.after.role : null;
  if (member.role !== "admin" || after === "admin" || adminsOf(state).length > 1) return null;
  const name = nameOf(state, act.member);
  return rule({ code: "last_admin", data: { registry: state.name, name } });
}

function changesRole(act: PeopleAct): boolean {
  return act.kind === "member-changed" && act.before.role !== act.after.role;
}

function fieldsOf({ name, role }: MemberFields): MemberFields {
  return { name, role };
}
