// Whether something may be done on a registry's page, or the reason why not, for the control to say.
import { mayDo, PERMISSIONS, roleName, type Permission } from "../../../core/registry/roles.ts";
import { showHidden } from "../../../core/errors.ts";
import type { RegistrySummary } from "../../../protocol/registry-link-api.ts";
import { isReadOnly, READ_ONLY_REASON } from "../../state/read-only.ts";

/** What is shown: which registry, and as of when. */
export interface Shown {
  readonly registry: Pick<RegistrySummary, "name" | "role" | "isDeleted">;
  /** `null` for now. */
  readonly asOf: string | null;
}

/** A sentence that says why it can't be done, or `""` when it can [P7]. */
export function whyNot({ registry, asOf }: Shown, permission: Permission): string {
  if (isReadOnly() && permission !== "use") return READ_ONLY_REASON;
  if (asOf !== null) return "This is how it was. Go back to now to change it.";
  if (registry.isDeleted) return "The registry is deleted. Restore it first.";
  if (mayDo(registry.role, permission)) return "";
  const needed = roleName(PERMISSIONS[permission]);
  return `You are ${roleName(registry.role)} in ${showHidden(registry.name)}; this takes ${needed}.`;
}
