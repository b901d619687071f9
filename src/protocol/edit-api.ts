// Changing what is said about versions, never what is in them.
import type { AliasChange, AliasMove } from "../core/alias.ts";
import type { JsonObject } from "../core/json.ts";
import type { VersionRecord, VersionRef } from "../core/records.ts";

/** The fields to change; those left out stay. */
export interface VersionEdit {
  readonly description?: string;
  readonly metadata?: JsonObject;
  readonly tags?: readonly string[];
  readonly pinned?: boolean;
}

export interface EditApi {
  /**
   * Puts an alias on a version, taking it from its holder [A1]. `null` when it was there already [A7].
   *
   * @throws CairnError `invalid_name`, `alias_reserved`, `not_found`
   */
  setAlias(version: VersionRef, alias: string): Promise<AliasMove | null>;
  /** Takes an alias away without moving it [A5]. Throws `alias_reserved`, `not_found`. */
  removeAlias(project: string, name: string, alias: string): Promise<void>;
  /** How the artifact's aliases, `latest` among them, came and went, oldest first [A4]. */
  aliasHistory(project: string, name: string): Promise<readonly AliasChange[]>;
  /** Changes what is said about a version, as a recorded edit [V3]. */
  editVersion(version: VersionRef, edit: VersionEdit): Promise<VersionRecord>;
  /** Replaces an artifact's tags. */
  setArtifactTags(project: string, name: string, tags: readonly string[]): Promise<void>;
}
