// A version's number, quietly marked while it may still change [S3].
import type { JSX } from "preact";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import "./version-label.css";

/** What the mark means. */
export const PROVISIONAL = "Not synced yet: the number is given for good with the next sync.";

/** The same in short. */
export const NOT_SYNCED_YET = "not synced yet";

interface VersionLabelProps {
  readonly number: VersionNumber;
  readonly isProvisional: boolean;
}

export function VersionLabel({ number, isProvisional }: VersionLabelProps): JSX.Element {
  if (!isProvisional) return <>{formatVersion(number)}</>;
  return (
    <span class="is-provisional" title={PROVISIONAL}>
      {formatVersion(number)}
      <span class="visually-hidden">, {NOT_SYNCED_YET}</span>
    </span>
  );
}

/** Says it in words, beside a number that stands in a text of its own. */
export function ProvisionalChip(): JSX.Element {
  return (
    <span class="chip" title={PROVISIONAL}>
      {NOT_SYNCED_YET}
    </span>
  );
}
