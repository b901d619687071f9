// Roles in a registry, and what each may do [P7].
import { assertNever } from "../brand.ts";

/** From the one who may most to the one who may least. */
export const ROLES = ["admin", "member", "viewer", "restricted"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who sees a registry without being in its list of people: `open` makes everyone else a Viewer,
 * `members` a Restricted Viewer [G2].
 */
export const VISIBILITIES = ["open", "members"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What may be done in a registry, each with the least role that may. */
export const PERMISSIONS = {
  look: "restricted",
  use: "viewer",
  create_collection: "member",
  edit_collection: "member",
  delete_collection: "member",
  link: "member",
  unlink: "member",
  set_alias: "member",
  edit_tags: "member",
  ask_promotion: "member",
  set_protected_alias: "admin",
  unlink_protected: "admin",
  delete_protected_collection: "admin",
  manage_protection: "admin",
  manage_members: "admin",
  edit_settings: "admin",
  delete_registry: "admin",
} as const satisfies Readonly<Record<string, Role>>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether a role may do something. */
export function mayDo(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(PERMISSIONS[permission]);
}

/** A role as people read it. */
export function roleName(role: Role): string {
  switch (role) {
    case "admin":
      return "Admin";
    case "member":
      return "Member";
    case "viewer":
      return "Viewer";
    case "restricted":
      return "Restricted Viewer";
    default:
      return assertNever(role);
  }
}
