// Which version a manifest becomes [V1 V2].
import { nextVersion, type VersionNumber } from "./version.ts";

/** What logging does: make a version, or find the one that already holds this content. */
export type VersionPlan =
  | { readonly kind: "create"; readonly number: VersionNumber }
  | { readonly kind: "reuse"; readonly number: VersionNumber };

/**
 * Plans a log.
 *
 * @param identical the live version of this artifact with the same manifest digest, or `null` [V2]
 * @param lastNumber the highest number this artifact ever gave out, or `null` [V1]
 */
export function planVersion(
  identical: VersionNumber | null,
  lastNumber: VersionNumber | null,
): VersionPlan {
  return identical === null
    ? { kind: "create", number: nextVersion(lastNumber) }
    : { kind: "reuse", number: identical };
}
