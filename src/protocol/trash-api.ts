// Deleting, restoring, and freeing space.
import type { KeepPlan, KeepRule } from "../core/keep.ts";
import type { Alias } from "../core/names.ts";
import type { TrashRecord, TrashUid, VersionRef } from "../core/records.ts";
import type { Some } from "./browse-api.ts";
import type { LinkPlace } from "./registry-link-api.ts";
import type { VersionNumber } from "../core/version.ts";

/** What to delete. */
export type DeleteTarget =
  | {
      readonly kind: "versions";
      readonly project: string;
      readonly name: string;
      readonly numbers: readonly VersionNumber[];
    }
  | { readonly kind: "artifact"; readonly project: string; readonly name: string }
  | { readonly kind: "project"; readonly project: string };

/** What a delete would touch, told before it is done [D2]. */
export interface DeleteImpact {
  readonly versions: number;
  readonly sizeBytes: number;
  /** Custom aliases that would go. */
  readonly aliases: readonly (VersionRef & { readonly alias: Alias })[];
  /** Where `latest` would go, for each artifact that keeps versions. */
  readonly latestMoves: readonly {
    readonly name: string;
    readonly from: VersionNumber;
    readonly to: VersionNumber;
  }[];
  /** Collections that link the versions. */
  readonly links: readonly (LinkPlace & { readonly version: VersionRef })[];
  /** Runs that used the versions, by name. */
  readonly consumers: Some<string>;
  /** Versions outside the delete that were derived from them. */
  readonly derived: Some<VersionRef>;
  /** Bytes that no other version, trash entry or draft reaches: exactly what emptying the trash will free. */
  readonly freedBytes: number;
}

export interface Deleted {
  readonly trash: TrashUid;
  readonly versions: number;
}

export interface Restored {
  readonly versions: number;
  readonly aliases: readonly Alias[];
  /** Held by other versions by now, so not given back [D1]. */
  readonly takenAliases: readonly Alias[];
}

export interface Freed {
  readonly versions: number;
  readonly freedBytes: number;
}

export interface TrashApi {
  planDelete(target: DeleteTarget): Promise<DeleteImpact>;
  /**
   * Puts versions into the trash.
   *
   * @param confirmed custom aliases that may go, or `true` for all of them [A6]
   * @param links `unlink`: take the versions out of the collections that link them, too [G8]
   * @throws CairnError `aliases_held`, `not_found`, `version_linked`, `protected_held`, `not_permitted`
   */
  deleteVersions(
    target: DeleteTarget,
    confirmed: readonly string[] | true,
    links?: "unlink",
  ): Promise<Deleted>;
  /** Newest first. */
  listTrash(): Promise<readonly TrashRecord[]>;
  /** Puts everything of an entry back, with the aliases that are still free. Throws `not_found`. */
  restore(entry: TrashUid): Promise<Restored>;
  /** What {@link TrashApi.emptyTrash} would free. */
  planEmpty(entries: readonly TrashUid[] | null): Promise<Freed>;
  /** Deletes for good: these entries, or all; then frees every byte that nothing reaches [D3]. */
  emptyTrash(entries: readonly TrashUid[] | null): Promise<Freed>;
  /** What a keep rule would take now: the dry run [D4]. */
  planKeep(project: string, name: string, rule: KeepRule): Promise<KeepPlan>;
  /**
   * Sets or clears an artifact's keep rule and applies it: what it takes goes into the trash.
   *
   * @param expected the rule there must be now
   * @throws CairnError `changed_since`
   */
  setKeep(
    project: string,
    name: string,
    rule: KeepRule | null,
    expected?: KeepRule | null,
  ): Promise<Deleted | null>;
  /** How long the trash keeps, in days. */
  getTrashDays(): Promise<number>;
  /** Throws `changed_since` unless the trash keeps for the expected days now, where those are given. */
  setTrashDays(days: number, expected?: number): Promise<void>;
}
