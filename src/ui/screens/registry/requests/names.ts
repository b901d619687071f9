// Who somebody is, for a registry's pages.
import { shortKey } from "../../../../core/registry/names.ts";
import type { MemberKey } from "../../../../core/registry/records.ts";
import type { Member } from "../../../../core/registry/state.ts";

/** A member's name; a short key for who isn't listed any more. */
export function nameIn(members: readonly Pick<Member, "key" | "name">[], key: MemberKey): string {
  return members.find((member) => member.key === key)?.name ?? shortKey(key);
}
