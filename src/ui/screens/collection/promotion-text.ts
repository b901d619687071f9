// What a promotion says: why not, and the name of the file it is asked with.
import type { Problem } from "../../../core/errors.ts";
import { PERMISSIONS, roleName } from "../../../core/registry/roles.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { PromotionPlan } from "../../../protocol/registry-link-api.ts";
import type { CollectionPlace } from "../../state/collection-state.ts";

/** Names the alias, the rule, the person's role and who could do it [P6]. */
export function refusalOf(
  registry: string,
  { alias, pattern, role, who, from }: PromotionPlan,
): Problem {
  if (pattern === null)
    return {
      code: "not_permitted",
      data: {
        registry,
        act: "put an alias on a version",
        role: roleName(role),
        needed: roleName(PERMISSIONS.set_alias),
        who,
      },
    };
  const act = from === null ? "put" : "move";
  return {
    code: "alias_protected",
    data: { registry, alias, pattern, act, role: roleName(role), who },
  };
}

/** `models-my-model-v2-production.request.json`. */
export function requestFileName(
  { registry, collection }: CollectionPlace,
  number: VersionNumber,
  alias: string,
): string {
  return `${registry}-${collection}-${formatVersion(number)}-${alias}.request.json`;
}
