// The timeline in one line, for narrow screens: a step older, a step newer, or all of them.
import type { JSX } from "preact";
import { ChevronDown, ChevronLeft, ChevronRight, type IconNode } from "lucide";
import type { VersionRecord } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { Icon } from "../../parts/icon.tsx";
import { VersionLabel } from "../../parts/version-label.tsx";

interface VersionPickerProps {
  readonly versions: readonly VersionSummary[];
  /** The version shown, in the list. */
  readonly at: number;
  readonly isProvisional: (version: VersionRecord) => boolean;
  readonly hrefOf: (number: VersionNumber) => string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function VersionPicker({
  versions,
  at,
  isProvisional,
  hrefOf,
  isOpen,
  onToggle,
}: VersionPickerProps): JSX.Element {
  const summary = versions[at];
  const [older, newer] = [versions[at + 1], versions[at - 1]];
  return (
    <div class="timeline-picker">
      <Step icon={ChevronLeft} word="Older" to={older} hrefOf={hrefOf} />
      <button
        type="button"
        class="button is-plain timeline-picked"
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <strong>
          {summary === undefined ? (
            "Choose"
          ) : (
            <VersionLabel
              number={summary.version.number}
              isProvisional={isProvisional(summary.version)}
            />
          )}
        </strong>
        <span class="muted">of {versions.length.toLocaleString("en")}</span>
        <Icon icon={ChevronDown} />
      </button>
      <Step icon={ChevronRight} word="Newer" to={newer} hrefOf={hrefOf} />
    </div>
  );
}

function Step({
  icon,
  word,
  to,
  hrefOf,
}: {
  readonly icon: IconNode;
  readonly word: string;
  readonly to: VersionSummary | undefined;
  readonly hrefOf: (number: VersionNumber) => string;
}): JSX.Element {
  if (to === undefined)
    return (
      <span class="button is-plain timeline-step" aria-hidden>
        <Icon icon={icon} />
      </span>
    );
  const { number } = to.version;
  return (
    <a
      class="button is-plain timeline-step"
      href={hrefOf(number)}
      aria-label={`${word}: ${formatVersion(number)}`}
    >
      <Icon icon={icon} />
    </a>
  );
}
