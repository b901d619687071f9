// The two versions chosen on the timeline, and the way to their comparison.
import type { JSX } from "preact";
import { GitCompare, X } from "lucide";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { compareHash, type VersionRoute } from "../../router.ts";

interface CompareBarProps {
  readonly route: VersionRoute;
  readonly chosen: readonly VersionNumber[];
  readonly onClose: () => void;
}

export function CompareBar({ route, chosen, onClose }: CompareBarProps): JSX.Element {
  const [older, newer] = chosen.toSorted((a, b) => a - b);
  const specOf = (number: VersionNumber): string =>
    `${route.project}/${route.name}:${formatVersion(number)}`;
  return (
    <div class="timeline-compare">
      {older === undefined || newer === undefined ? (
        <p role="status">
          {older === undefined
            ? "Choose two versions."
            : `${formatVersion(older)} and … Choose one more.`}
        </p>
      ) : (
        <a class="button is-primary is-small" href={compareHash(specOf(older), specOf(newer))}>
          <Icon icon={GitCompare} /> Compare {formatVersion(older)} with {formatVersion(newer)}
        </a>
      )}
      <IconButton icon={X} label="Stop choosing" onClick={onClose} />
    </div>
  );
}
