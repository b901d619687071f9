// A registry to work with: collections, links, aliases, people, rules, and its signed log.
import { parseIsoTime } from "../../core/iso-time.ts";
import type { AliasChange, AliasMove } from "../../core/alias.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { MemberKey, Outcome, RequestUid } from "../../core/registry/records.ts";
import type { Role } from "../../core/registry/roles.ts";
import type { Member } from "../../core/registry/state.ts";
import type { PromotionPlan, RequestView, Unlinked } from "../../protocol/registry-link-api.ts";
import type { AuditRow, LogVerdict } from "../../protocol/registry-log-api.ts";
import type { CollectionEdit, RegistryEdit } from "../../protocol/registry-manage-api.ts";
import type { Artifact } from "./artifact.ts";
import { auditRows, type AuditFilter } from "./audit-rows.ts";
import { connection } from "./connection.ts";
import { numberOf } from "./deletable.ts";
import { linkVersion } from "./link-artifact.ts";
import type { LinkedArtifact, LinkOptions } from "./links.ts";
import { RegistryView } from "./registry-view.ts";

/** A collection to make. */
export interface CollectionOptions {
  readonly name: string;
  /** The type of all its versions, for good. */
  readonly type: string;
  /** Markdown. */
  readonly card?: string;
  readonly tags?: readonly string[];
}

/**
 * A registry, by what it is called here; `Api.registry` and `Api.createRegistry` give one.
 *
 * Besides reading, as in {@link RegistryView}, it changes what the person using this browser may.
 * What they may not is refused with `not_permitted`, which says what role it takes and who has it;
 * without a profile (`Api.setProfile`) all changes are, with `no_profile`. Each change is an event
 * of the registry's signed log. Versions of collections are written `"v2"`.
 */
export class Registry extends RegistryView {
  /** @internal Made by `Api.registry`. */
  constructor(name: string) {
    super(name, null);
  }

  /** The registry as it was at a time: an ISO date, which means its end in UTC, or date-time. Throws `invalid_text`. */
  asOf(time: string): RegistryView {
    return new RegistryView(this.name, parseIsoTime("time", time));
  }

  /** Changes description, accepted types or visibility; what is left out stays. Throws `types_can_only_grow`, `invalid_text`. */
  async edit(edit: RegistryEdit): Promise<void> {
    await (await connection()).store.editRegistry(this.name, edit);
  }

  /** Makes a collection, as the first link to it would. Throws `already_exists`, `type_not_accepted`, `invalid_name`, `invalid_tag`. */
  async createCollection({ card = "", tags = [], ...rest }: CollectionOptions): Promise<void> {
    await (await connection()).store.createCollection(this.name, { card, tags, ...rest });
  }

  /** Changes a collection's card or tags; what is left out stays. Throws `not_found`, `invalid_tag`, `invalid_text`. */
  async editCollection(collection: string, edit: CollectionEdit): Promise<void> {
    await (await connection()).store.editCollection(this.name, collection, edit);
  }

  /** Deletes a collection with its links, and no version. Throws `not_found`, `protected_held`. */
  async deleteCollection(collection: string): Promise<void> {
    await (await connection()).store.deleteCollection(this.name, collection);
  }

  /** Brings a deleted collection back as it was. Throws `not_found`. */
  async restoreCollection(collection: string): Promise<void> {
    await (await connection()).store.restoreCollection(this.name, collection);
  }

  /**
   * Links a version to a collection, which is made when it is new. Of a link its source is linked;
   * what is linked there already keeps its number.
   *
   * @param source a logged artifact, or a spec that names its project or registry
   * @throws CairnError `not_found`, `in_trash`, `not_logged`, `type_not_accepted`, `type_mismatch`,
   *   `alias_protected`, `condition_failed`, `alias_reserved`, `invalid_name`, `invalid_spec`
   */
  async link(
    source: Artifact | string,
    collection: string,
    options: LinkOptions = {},
  ): Promise<LinkedArtifact> {
    return linkVersion(source, null, formatPlace(this.name, collection), options);
  }

  /** Takes a link and its aliases away; what it points to stays. Throws `not_a_link`, `protected_held`. */
  async unlink(collection: string, version: string): Promise<Unlinked> {
    const { store } = await connection();
    return store.unlinkVersion(this.name, collection, numberOf(version));
  }

  /**
   * Puts an alias on a collection's version, taking it from its holder; `null` when it was there already.
   *
   * @throws CairnError `alias_protected`, `condition_failed`, `alias_reserved`, `invalid_name`, `not_found`
   */
  async setAlias(collection: string, version: string, alias: string): Promise<AliasMove | null> {
    const { store } = await connection();
    return store.setLinkAlias(this.name, collection, numberOf(version), alias);
  }

  /** Takes an alias of a collection away. Throws `alias_protected`, `alias_reserved`, `not_found`. */
  async removeAlias(collection: string, alias: string): Promise<void> {
    await (await connection()).store.removeLinkAlias(this.name, collection, alias);
  }

  /** How a collection's aliases, `latest` among them, came and went, oldest first. Throws `not_found`. */
  async aliasHistory(collection: string): Promise<readonly AliasChange[]> {
    return (await connection()).store.linkAliasHistory(this.name, collection);
  }

  /**
   * Protects an alias, so that only Admins put, move or take it off.
   *
   * @param pattern a name, or one with `*` and `?` for what may vary
   * @param condition what a version must have to hold it, a line each: `metadata.accuracy >= 0.9`,
   *   `metadata.eval_set`, `tag: audited`; empty for nothing
   * @throws CairnError `already_exists`, `alias_reserved`, `invalid_name`, `invalid_text`
   */
  async protect(pattern: string, condition: string = ""): Promise<void> {
    await (await connection()).store.addProtection(this.name, pattern, condition);
  }

  /** Replaces the condition of a protected alias; empty for none. Throws `not_found`, `invalid_text`. */
  async changeProtection(pattern: string, condition: string): Promise<void> {
    await (await connection()).store.changeProtection(this.name, pattern, condition);
  }

  /** Protects an alias no longer; it stays where it is. Throws `not_found`. */
  async unprotect(pattern: string): Promise<void> {
    await (await connection()).store.removeProtection(this.name, pattern);
  }

  /**
   * Adds somebody.
   *
   * @param card what their profile shows, their key, or the name of somebody known here
   * @throws CairnError `invalid_key`, `already_exists`
   */
  async addMember(card: string, role: Role): Promise<Member> {
    return (await connection()).store.addMember(this.name, card, role);
  }

  /** Changes what somebody is called, or their role. Throws `last_admin`, `not_found`, `invalid_text`. */
  async changeMember(
    key: string,
    fields: { readonly name?: string; readonly role?: Role },
  ): Promise<void> {
    await (await connection()).store.changeMember(this.name, key as MemberKey, fields);
  }

  /** Takes somebody off the list; with one's own key, leaves. Throws `last_admin`, `not_found`. */
  async removeMember(key: string): Promise<void> {
    await (await connection()).store.removeMember(this.name, key as MemberKey);
  }

  /** Says what putting an alias on a version would mean, who may, and what is missing. Throws `not_found`. */
  async planPromotion(collection: string, version: string, alias: string): Promise<PromotionPlan> {
    const { store } = await connection();
    return store.planPromotion(this.name, collection, numberOf(version), alias);
  }

  /** Asks the Admins to put an alias on a version. Throws `not_found`, `alias_reserved`, `invalid_text`. */
  async requestPromotion(
    collection: string,
    version: string,
    alias: string,
    note: string = "",
  ): Promise<RequestView> {
    const { store } = await connection();
    return store.requestPromotion(this.name, collection, numberOf(version), alias, note);
  }

  /** As {@link Registry.requestPromotion}, as a signed text to be sent to an Admin; nothing is stored here. */
  async writeRequest(
    collection: string,
    version: string,
    alias: string,
    note: string = "",
  ): Promise<string> {
    const { store } = await connection();
    return store.writeRequestFile(this.name, collection, numberOf(version), alias, note);
  }

  /**
   * Approves, declines or withdraws a request. Approving moves the alias, and answers how.
   *
   * @param request its id, or as `{ file }` the text that was sent
   * @throws CairnError `alias_protected`, `condition_failed`, `changed_since`, `not_found`, `invalid_log`
   */
  async settleRequest(
    request: string | { readonly file: string },
    outcome: Outcome,
    note: string = "",
  ): Promise<AliasMove | null> {
    const which = typeof request === "string" ? (request as RequestUid) : request;
    return (await connection()).store.settleRequest(this.name, which, outcome, note);
  }

  /** The events of its log, newest first, read as far as they are asked for: `for await (const row of registry.audit())`. Throws `invalid_text` for a time that is none. */
  audit(filter: AuditFilter = {}): AsyncIterable<AuditRow> {
    return auditRows(this.name, filter);
  }

  /** Checks every signature, link and right of its log from the start. */
  async verify(): Promise<LogVerdict> {
    return (await connection()).store.verifyRegistry(this.name);
  }

  /** Its whole log as JSON lines, sealed, for `Api.importRegistry` elsewhere. Versions' bytes are not in it. */
  async export(): Promise<Blob> {
    return (await connection()).store.exportRegistry(this.name);
  }

  /** Deletes the registry for everybody, and no version. Throws `protected_held`. */
  async delete(): Promise<void> {
    await (await connection()).store.deleteRegistry(this.name);
  }

  /** Takes {@link Registry.delete} back. */
  async restore(): Promise<void> {
    await (await connection()).store.restoreRegistry(this.name);
  }

  /** Takes it out of this browser only; its log stays with everybody else. */
  async forget(): Promise<void> {
    await (await connection()).store.forgetRegistry(this.name);
  }
}
