// Changing what is said about versions, never what is in them.
import type { AliasChange, AliasMove } from "../core/alias.ts";
import type { VersionNumber } from "../core/version.ts";
import type { JsonObject } from "../core/json.ts";
import type { VersionRecord, VersionRef } from "../core/records.ts";

/** The fields to change; those left out stay. */
export interface VersionEdit {
  readonly description?: string;
  readonly metadata?: JsonObject;
  readonly tags?: readonly string[];
  readonly pinned?: boolean;
}

/**
 * Each change can be made to hold only while things are as somebody saw them, so that taking
 * something back never overwrites newer work: with `expected`, it throws `changed_since` otherwise.
 */
export interface EditApi {
  /**
   * Puts an alias on a version, taking it from its holder [A1]. `null` when it was there already [A7].
   *
   * @param expected its holder, `null` for none
   * @throws CairnError `invalid_name`, `alias_reserved`, `not_found`, `changed_since`
   */
  setAlias(
    version: VersionRef,
    alias: string,
    expected?: VersionNumber | null,
  ): Promise<AliasMove | null>;
  /**
   * Takes an alias away without moving it [A5]. Answers who held it.
   *
   * @throws CairnError `alias_reserved`, `not_found`, `changed_since`
   */
  removeAlias(
    project: string,
    name: string,
    alias: string,
    expected?: VersionNumber,
  ): Promise<VersionNumber>;
  /** How the artifact's aliases, `latest` among them, came and went, oldest first [A4]. */
  aliasHistory(project: string, name: string): Promise<readonly AliasChange[]>;
  /** Changes what is said about a version, as a recorded edit [V3]. Throws `changed_since`. */
  editVersion(
    version: VersionRef,
    edit: VersionEdit,
    expected?: VersionEdit,
  ): Promise<VersionRecord>;
  /** Replaces an artifact's tags. Throws `changed_since`. */
  setArtifactTags(
    project: string,
    name: string,
    tags: readonly string[],
    expected?: readonly string[],
  ): Promise<void>;
}
