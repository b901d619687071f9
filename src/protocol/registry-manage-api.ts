// Registries made and kept: who uses this browser, people and their roles, rules, collections.
import type { MemberKey, RegistryName } from "../core/registry/records.ts";
import type { Role, Visibility } from "../core/registry/roles.ts";
import type { Member } from "../core/registry/state.ts";
import type { RegistrySummary } from "./registry-link-api.ts";

/** Who uses this browser. */
export interface Profile {
  readonly name: string;
  readonly hubUser: string | null;
  readonly key: MemberKey;
  readonly createdAt: string;
  /** What others paste to add this person: key, name and user name in one line of text. */
  readonly card: string;
}

/** Somebody known here: from a registry's list, or pasted. */
export interface Person {
  readonly key: MemberKey;
  readonly name: string;
  readonly hubUser: string | null;
  /** Registries here that list them. */
  readonly registries: readonly RegistryName[];
}

export interface NewRegistry {
  readonly name: string;
  readonly description: string;
  /** Empty takes all types. */
  readonly types: readonly string[];
  readonly visibility: Visibility;
}

/** The fields to change; those left out stay. */
export interface RegistryEdit {
  readonly description?: string;
  readonly types?: readonly string[];
  readonly visibility?: Visibility;
}

export interface NewCollection {
  readonly name: string;
  readonly type: string;
  readonly card: string;
  readonly tags: readonly string[];
}

export interface CollectionEdit {
  readonly card?: string;
  readonly tags?: readonly string[];
}

export interface ManageApi {
  /** Who uses this browser; `null` before they said so. */
  getProfile(): Promise<Profile | null>;
  /** Gives a name, and makes the device key the first time. Throws `invalid_text`, `signing_unavailable`. */
  setProfile(name: string, hubUser: string | null): Promise<Profile>;
  /** Everybody that a registry here lists. */
  listPeople(): Promise<readonly Person[]>;
  /** Reads a card, a link with one, or a bare key. Throws `invalid_key`. */
  readCard(text: string): Promise<Person>;

  /** Throws `invalid_name`, `already_exists`, `no_profile`. */
  createRegistry(fields: NewRegistry): Promise<RegistrySummary>;
  /** Throws `not_permitted`, `types_can_only_grow`. */
  editRegistry(registry: string, edit: RegistryEdit): Promise<void>;
  deleteRegistry(registry: string): Promise<void>;
  restoreRegistry(registry: string): Promise<void>;
  /** Takes a registry out of this browser; its log stays with everybody else. */
  forgetRegistry(registry: string): Promise<void>;

  /** @param card as {@link ManageApi.readCard} takes it, or the name of somebody known here. */
  addMember(registry: string, card: string, role: Role): Promise<Member>;
  /** Throws `last_admin`, `not_permitted`. */
  changeMember(
    registry: string,
    key: MemberKey,
    fields: { readonly name?: string; readonly role?: Role },
  ): Promise<void>;
  /** Also how somebody leaves. Throws `last_admin`, `not_permitted`. */
  removeMember(registry: string, key: MemberKey): Promise<void>;

  /** @param condition as text, a line each, such as `metadata.accuracy >= 0.9`; empty for none */
  addProtection(registry: string, pattern: string, condition: string): Promise<void>;
  changeProtection(registry: string, pattern: string, condition: string): Promise<void>;
  /** Aliases of that name stay where they are [P5]. */
  removeProtection(registry: string, pattern: string): Promise<void>;

  /** Throws `already_exists`, `type_not_accepted`, `not_permitted`, `invalid_name`, `invalid_tag`. */
  createCollection(registry: string, fields: NewCollection): Promise<void>;
  /** Throws `changed_since` unless the fields are as expected, where that is given. */
  editCollection(
    registry: string,
    collection: string,
    edit: CollectionEdit,
    expected?: CollectionEdit,
  ): Promise<void>;
  /** Its sources stay [G7]. Throws `protected_held`, `not_permitted`. */
  deleteCollection(registry: string, collection: string): Promise<void>;
  restoreCollection(registry: string, collection: string): Promise<void>;
}
