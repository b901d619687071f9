// What roles and visibilities mean, in words.
import type { Permission, Role, Visibility } from "../../../core/registry/roles.ts";
import { PERMISSIONS, roleName, ROLES } from "../../../core/registry/roles.ts";

const ROLE_MEANINGS: Readonly<Record<Role, string>> = {
  admin: "also puts protected aliases, and looks after people and settings",
  member: "also links versions, moves ordinary aliases, edits collections",
  viewer: "also uses and downloads versions",
  restricted: "sees names, aliases and metadata, and may not download",
};

export const ROLE_OPTIONS = ROLES.map((value) => ({
  value,
  text: roleName(value),
  meaning: ROLE_MEANINGS[value],
}));

export const VISIBILITY_OPTIONS: readonly {
  readonly value: Visibility;
  readonly text: string;
  readonly meaning: string;
}[] = [
  { value: "open", text: "Open", meaning: "who isn't listed is Viewer: uses and downloads" },
  {
    value: "members",
    text: "Listed people",
    meaning: "who isn't listed is Restricted Viewer: sees names and metadata",
  },
];

/** `Open`, `Listed people`. */
export function visibilityName(visibility: Visibility): string {
  return VISIBILITY_OPTIONS.find(({ value }) => value === visibility)?.text ?? visibility;
}

const PERMISSION_TEXTS: Readonly<Record<Permission, string>> = {
  look: "See names, aliases, metadata, the audit",
  use: "Use and download versions",
  create_collection: "Create collections",
  edit_collection: "Edit cards and tags of collections",
  delete_collection: "Delete collections without protected aliases",
  link: "Link versions",
  unlink: "Unlink versions without protected aliases",
  set_alias: "Add, move and remove ordinary aliases",
  edit_tags: "Edit tags of linked versions",
  ask_promotion: "Ask for a promotion",
  set_protected_alias: "Add, move and remove protected aliases; settle requests",
  unlink_protected: "Unlink versions that hold a protected alias",
  delete_protected_collection: "Delete collections that hold a protected alias",
  manage_protection: "Say which aliases are protected, and on what condition",
  manage_members: "Add and remove people, give roles",
  edit_settings: "Edit description, accepted types, visibility",
  delete_registry: "Delete and restore the registry",
};

/** What may be done, each with the least role that may, in the order of {@link PERMISSIONS}. */
export const PERMISSION_ROWS: readonly {
  readonly permission: Permission;
  readonly text: string;
}[] = (Object.keys(PERMISSIONS) as Permission[]).map((permission) => ({
  permission,
  text: PERMISSION_TEXTS[permission],
}));
