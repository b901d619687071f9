// Who may do what in a registry: people added, changed, taken out [G2 P7].
import { CairnError } from "../../core/errors.ts";
import { shortKey } from "../../core/registry/names.ts";
import type { MemberFields, MemberKey } from "../../core/registry/records.ts";
import type { Role } from "../../core/registry/roles.ts";
import type { Member, RegistryState } from "../../core/registry/state.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";
import { parsePersonName } from "./identity.ts";
import { findPerson } from "./people.ts";

/**
 * Lists somebody, by card or as known here; a bare key stands in for the name it comes without.
 *
 * @throws CairnError `invalid_key`, `already_exists`, `not_permitted`
 */
export async function addMember(
  ctx: Ctx,
  registry: string,
  card: string,
  role: Role,
): Promise<Member> {
  const { key, hubUser, ...person } = await findPerson(ctx, card);
  const name = person.name === "" ? shortKey(key) : person.name;
  const appended = await append(ctx, registry, () => [
    { kind: "member-added", member: key, name, role, hubUser },
  ]);
  return getMember(appended.registry.state, key);
}

/** Changes somebody's role, or the name they are listed by. Throws `last_admin`, `not_permitted`. */
export async function changeMember(
  ctx: Ctx,
  registry: string,
  key: MemberKey,
  { name, role }: Partial<MemberFields>,
): Promise<void> {
  const wanted = {
    ...(name !== undefined && { name: parsePersonName(name) }),
    ...(role !== undefined && { role }),
  };
  await append(ctx, registry, ({ state }) => {
    const before = fieldsOf(getMember(state, key));
    const after = { ...before, ...wanted };
    if (after.name === before.name && after.role === before.role) return [];
    return [{ kind: "member-changed", member: key, before, after }];
  });
}

/** Takes somebody out of the list; also how one leaves. Throws `last_admin`, `not_permitted`. */
export async function removeMember(ctx: Ctx, registry: string, key: MemberKey): Promise<void> {
  await append(ctx, registry, ({ state }) => [
    { kind: "member-removed", member: key, before: fieldsOf(getMember(state, key)) },
  ]);
}

function getMember(state: RegistryState, key: MemberKey): Member {
  const member = state.members.get(key);
  if (member === undefined)
    throw new CairnError("not_found", { what: "member", name: shortKey(key) });
  return member;
}

function fieldsOf({ name, role }: Member): MemberFields {
  return { name, role };
}
