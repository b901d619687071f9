// Registries: collections of linked versions, who may do what there, and the signed log of it all.
import type { AliasChange, AliasMove } from "../core/alias.ts";
import type { Alias, ArtifactType } from "../core/names.ts";
import type { Condition } from "../core/registry/condition.ts";
import type {
  AliasPattern,
  CollectionName,
  LinkSource,
  MemberKey,
  Outcome,
  RegistryActKind,
  RegistryEvent,
  RegistryName,
  RegistryUid,
  RequestUid,
} from "../core/registry/records.ts";
import type { Role, Visibility } from "../core/registry/roles.ts";
import type { EventFault, Member, PromotionRequest, Protection } from "../core/registry/state.ts";
import type { VersionRef } from "../core/records.ts";
import type { Tag } from "../core/tags.ts";
import type { VersionNumber } from "../core/version.ts";

// --- people ---

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

// --- registries ---

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

export interface RegistrySummary {
  readonly uid: RegistryUid;
  /** What it is called here. */
  readonly name: RegistryName;
  readonly description: string;
  readonly types: readonly ArtifactType[];
  readonly visibility: Visibility;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Live ones. */
  readonly collections: number;
  /** Live links in them. */
  readonly links: number;
  readonly members: number;
  /** What the person using this browser is there. */
  readonly role: Role;
  /** Requests nobody has settled. */
  readonly openRequests: number;
  /** Events of its log that have no effect. */
  readonly faults: number;
  readonly isDeleted: boolean;
}

export interface CollectionSummary {
  readonly name: CollectionName;
  readonly type: ArtifactType;
  readonly tags: readonly Tag[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Live links. */
  readonly links: number;
  /** `null` without a live link. */
  readonly latest: VersionNumber | null;
  /** The number that the next new link gets [G4]. */
  readonly next: VersionNumber;
  /** Where each alias is, without `latest`; by name. */
  readonly aliases: readonly LinkAlias[];
}

export interface LinkAlias {
  readonly alias: Alias;
  readonly number: VersionNumber;
  readonly isProtected: boolean;
}

export interface RegistryDetail extends RegistrySummary {
  /** The person using this browser; `null` before they said who they are. */
  readonly ownKey: MemberKey | null;
  /** The time it is shown as of, or `null` for now. */
  readonly asOf: string | null;
  /** Live ones by name. */
  readonly collectionList: readonly CollectionSummary[];
  /** By name. */
  readonly memberList: readonly Member[];
  /** By pattern. */
  readonly protectionList: readonly Protection[];
  /** Newest first. */
  readonly requestList: readonly RequestView[];
}

/** A request with what a person needs to judge it. */
export interface RequestView extends PromotionRequest {
  readonly askedByName: string;
  /** Who holds the alias now. */
  readonly holder: VersionNumber | null;
  /** The person using this browser may settle it. */
  readonly maySettle: boolean;
  /** They asked for it themselves, and may take it back. */
  readonly isOwn: boolean;
}

// --- collections ---

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

/** One version of a collection. */
export interface LinkView {
  readonly number: VersionNumber;
  readonly source: LinkSource;
  readonly linkedAt: string;
  readonly linkedBy: MemberKey;
  readonly linkedByName: string;
  /** `latest` first, then by name. */
  readonly aliases: readonly LinkAlias[];
  /** What this browser knows of the source: its tags and description, or `null` when it isn't here. */
  readonly here: {
    readonly state: "live" | "in_trash" | "deleted";
    readonly tags: readonly Tag[];
    readonly description: string;
  } | null;
}

export interface CollectionDetail extends CollectionSummary {
  readonly registry: RegistrySummary;
  readonly asOf: string | null;
  readonly card: string;
  /** Live links, newest first. */
  readonly linkList: readonly LinkView[];
  /** Rules that protect aliases here, as the registry has them. */
  readonly protectionList: readonly Protection[];
}

/** A place that links a version. */
export interface LinkPlace {
  readonly registry: RegistryName;
  readonly registryUid: RegistryUid;
  readonly collection: CollectionName;
  readonly number: VersionNumber;
  readonly aliases: readonly LinkAlias[];
  readonly linkedAt: string;
  /** The person using this browser may unlink it now. */
  readonly mayUnlink: boolean;
}

/** What a link did [G5]. */
export interface Linked {
  readonly registry: RegistryName;
  readonly collection: CollectionName;
  readonly number: VersionNumber;
  /** False where the source was linked there already. */
  readonly isNew: boolean;
  readonly isNewCollection: boolean;
  readonly moves: readonly AliasMove[];
  /** The spec given was of a link, and its source was linked instead [G5]. */
  readonly followedLink: string | null;
  readonly source: VersionRef;
}

export interface Unlinked {
  /** Those that went with it. */
  readonly aliases: readonly Alias[];
}

/** What putting an alias on a version would mean. */
export interface PromotionPlan {
  readonly alias: Alias;
  /** Who holds it now. */
  readonly from: LinkView | null;
  readonly to: LinkView;
  /** The entry that protects it, or `null`. */
  readonly pattern: AliasPattern | null;
  readonly condition: Condition | null;
  /** Why the condition doesn't hold; empty when it does. */
  readonly unmet: readonly string[];
  readonly role: Role;
  /** The person using this browser may do it. */
  readonly isAllowed: boolean;
  /** Names of those who may. */
  readonly who: readonly string[];
  /** An open request for just this, if any. */
  readonly request: RequestUid | null;
}

/** A request as a file, looked at before anything is done with it. */
export interface RequestFile {
  readonly registry: RegistryName;
  readonly view: RequestView;
}

// --- the log ---

export interface AuditQuery {
  /** Events below this place, newest first; `null` from the newest. */
  readonly before: number | null;
  readonly limit: number;
  readonly kinds?: readonly RegistryActKind[];
  readonly actor?: MemberKey;
  readonly collection?: string;
  /** Only those without effect. */
  readonly isFaulty?: boolean;
  /** ISO dates or date-times, both inclusive. */
  readonly from?: string;
  readonly to?: string;
}

export interface AuditRow {
  readonly event: RegistryEvent;
  /** The actor's name at that point; a short key for strangers. */
  readonly actorName: string;
  /** What they were at that point. */
  readonly actorRole: Role;
  /** Why it has no effect, or `null`. */
  readonly fault: EventFault | null;
  /** The fault in a sentence. */
  readonly faultText: string | null;
}

/** What checking a log from its start found [E3]. */
export interface LogVerdict {
  readonly registry: RegistryName;
  readonly uid: RegistryUid;
  readonly events: number;
  /** Digest of the last event. */
  readonly head: string | null;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly faults: readonly AuditRow[];
  /** Only for a file: whether its seal is its sender's, and says the same number and head. */
  readonly seal: {
    readonly by: MemberKey;
    readonly byName: string;
    readonly isRight: boolean;
  } | null;
}

/** What bringing in a registry's file would do. */
export interface ImportPlan {
  readonly verdict: LogVerdict;
  /** What it would be called here. */
  readonly name: RegistryName;
  /**
   * `new`: not here yet. `same`: nothing new in it. `older`: all of it is here, and more. `forward`:
   * it goes on from here. `rebase`: both went on; this browser's own events are signed again, behind.
   */
  readonly kind: "new" | "same" | "older" | "forward" | "rebase";
  /** Events that would come. */
  readonly incoming: number;
  /** Events of this browser that would be signed again. */
  readonly replayed: number;
}

export interface Imported extends ImportPlan {
  /** Own events that the newer state no longer allows, each in a sentence. */
  readonly dropped: readonly string[];
}

export interface RegistryApi {
  /** Who uses this browser; `null` before they said so. */
  getProfile(): Promise<Profile | null>;
  /** Gives a name, and makes the device key the first time. Throws `invalid_text`, `signing_unavailable`. */
  setProfile(name: string, hubUser: string | null): Promise<Profile>;
  /** Everybody that a registry here lists. */
  listPeople(): Promise<readonly Person[]>;
  /** Reads a card, a link with one, or a bare key. Throws `invalid_key`. */
  readCard(text: string): Promise<Person>;

  /** By name; deleted ones at the end. */
  listRegistries(): Promise<readonly RegistrySummary[]>;
  /** @param asOf ISO date or date-time, or `null` for now [E4]. Throws `no_registry`, `invalid_text`. */
  getRegistry(registry: string, asOf: string | null): Promise<RegistryDetail>;
  /** Throws `invalid_name`, `already_exists`, `no_profile`. */
  createRegistry(fields: NewRegistry): Promise<RegistrySummary>;
  /** Throws `not_permitted`, `types_can_only_grow`. */
  editRegistry(registry: string, edit: RegistryEdit): Promise<void>;
  deleteRegistry(registry: string): Promise<void>;
  restoreRegistry(registry: string): Promise<void>;
  /** Takes a registry out of this browser; its log stays with everybody else. */
  forgetRegistry(registry: string): Promise<void>;

  /** @param card as {@link RegistryApi.readCard} takes it, or the name of somebody known here. */
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
  /** Throws `no_registry`, `not_found`, `invalid_text` for what is no time. */
  getCollection(
    registry: string,
    collection: string,
    asOf: string | null,
  ): Promise<CollectionDetail>;

  /**
   * Links a version to a collection, which is made when it is new [G1 G3 G5].
   *
   * @param spec any that `resolve` takes; of a link, its source is linked
   * @param project the project of a spec that names none
   * @param target `wandb-registry-r/c`, `registry-r/c` or `r/c`
   * @throws CairnError `no_registry`, `type_not_accepted`, `type_mismatch`, `not_permitted`,
   *   `alias_protected`, `condition_failed`, `invalid_name`, `alias_reserved`, `no_profile`
   */
  linkVersion(
    spec: string,
    project: string | null,
    target: string,
    aliases: readonly string[],
  ): Promise<Linked>;
  /** Takes the pointer and its aliases away; the source stays [G7]. Throws `protected_held`, `not_a_link`. */
  unlinkVersion(registry: string, collection: string, number: VersionNumber): Promise<Unlinked>;
  /** Takes an unlink back, with those of the aliases that are still free. Answers these. */
  restoreLink(
    registry: string,
    collection: string,
    number: VersionNumber,
    aliases: readonly string[],
  ): Promise<readonly Alias[]>;
  /**
   * Puts an alias on a collection's version; `null` when it is there already.
   *
   * @param expected its holder, `null` for none
   * @throws CairnError `alias_protected`, `condition_failed`, `not_permitted`, `alias_reserved`, `changed_since`
   */
  setLinkAlias(
    registry: string,
    collection: string,
    number: VersionNumber,
    alias: string,
    expected?: VersionNumber | null,
  ): Promise<AliasMove | null>;
  /** Answers who held it. Throws `alias_protected`, `not_permitted`, `not_found`, `changed_since`. */
  removeLinkAlias(
    registry: string,
    collection: string,
    alias: string,
    expected?: VersionNumber,
  ): Promise<VersionNumber>;
  /** How a collection's aliases, `latest` among them, came and went, oldest first [A4]; actors by name. */
  linkAliasHistory(registry: string, collection: string): Promise<readonly AliasChange[]>;
  /** Where a version is linked, by registry and collection. */
  linksOf(version: VersionRef): Promise<readonly LinkPlace[]>;

  planPromotion(
    registry: string,
    collection: string,
    number: VersionNumber,
    alias: string,
  ): Promise<PromotionPlan>;
  /** Asks for an alias on a version, as an event of the log. Throws `not_permitted`. */
  requestPromotion(
    registry: string,
    collection: string,
    number: VersionNumber,
    alias: string,
    note: string,
  ): Promise<RequestView>;
  /** The same as a file's text, signed, to be sent to an admin; nothing is stored here. */
  writeRequestFile(
    registry: string,
    collection: string,
    number: VersionNumber,
    alias: string,
    note: string,
  ): Promise<string>;
  /** Reads and checks a request's file: its signature, its asker's role, what it asks for. Throws `invalid_log`. */
  readRequestFile(text: string): Promise<RequestFile>;
  /**
   * Approves, declines or withdraws a request; approving moves the alias.
   *
   * @param request its id in the log, or a file's text
   */
  settleRequest(
    registry: string,
    request: RequestUid | { readonly file: string },
    outcome: Outcome,
    note: string,
  ): Promise<AliasMove | null>;

  listAudit(registry: string, query: AuditQuery): Promise<readonly AuditRow[]>;
  /** Checks every signature, link and right of a registry's log from its start. */
  verifyRegistry(registry: string): Promise<LogVerdict>;
  /** The whole log as JSON lines: a sealed head, then the events. */
  exportRegistry(registry: string): Promise<Blob>;
  /** Checks an exported file without taking it in. Throws `invalid_log`. */
  verifyExport(file: Blob): Promise<LogVerdict>;
  /** Throws `invalid_log`, `log_forked`. */
  planImport(file: Blob): Promise<ImportPlan>;
  /** @param name what to call it here, where its own name is taken */
  importRegistry(file: Blob, name: string | null): Promise<Imported>;
}
