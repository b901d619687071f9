// Why somebody can't change a registry, and who can [P6].
import { mayDo, type Permission } from "../../../core/registry/roles.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { askWhom } from "../../state/describe-list.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { whyNot } from "../collection/access.ts";

/** A sentence or two for the controls that stay closed; `null` when the person may. */
export function refusalOf(registry: RegistryDetail, permission: Permission): string | null {
  const { asOf, isDeleted, role, memberList } = registry;
  const reason = whyNot({ registry, asOf }, permission);
  if (reason === "") return null;
  if (isReadOnly() || asOf !== null || isDeleted || mayDo(role, permission)) return reason;
  const able = memberList.filter((member) => mayDo(member.role, permission));
  return reason + askWhom(able.map(({ name }) => name));
}
