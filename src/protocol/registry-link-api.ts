// Registries looked at, and what is linked there: links, their aliases, promotion.
import type { AliasChange, AliasMove } from "../core/alias.ts";
import type { Alias, ArtifactType } from "../core/names.ts";
import type { VersionRef } from "../core/records.ts";
import type { Condition } from "../core/registry/condition.ts";
import type {
  AliasPattern,
  CollectionName,
  LinkSource,
  MemberKey,
  Outcome,
  RegistryName,
  RegistryUid,
  RequestUid,
} from "../core/registry/records.ts";
import type { Role, Visibility } from "../core/registry/roles.ts";
import type { Member, PromotionRequest, Protection } from "../core/registry/state.ts";
import type { Tag } from "../core/tags.ts";
import type { VersionNumber } from "../core/version.ts";

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

export interface LinkApi {
  /** By name; deleted ones at the end. */
  listRegistries(): Promise<readonly RegistrySummary[]>;
  /** @param asOf ISO date or date-time, or `null` for now [E4]. Throws `no_registry`, `invalid_text`. */
  getRegistry(registry: string, asOf: string | null): Promise<RegistryDetail>;
  /** Throws `no_registry`, `not_found`, `invalid_text` for what is no time. */
  getCollection(
    registry: string,
    collection: string,
    asOf: string | null,
  ): Promise<CollectionDetail>;
  /** Where a version is linked, by registry and collection. */
  linksOf(version: VersionRef): Promise<readonly LinkPlace[]>;

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
}
