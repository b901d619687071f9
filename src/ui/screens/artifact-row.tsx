// One artifact of a project: its newest version, its aliases, and how its size went.
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Tag } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import type { VersionRecord } from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import { AliasChip, Chip } from "../parts/chip.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { TypeChip } from "../parts/type-chip.tsx";
import { VersionLabel } from "../parts/version-label.tsx";
import { versionHash } from "../router.ts";

const SHOWN_CHIPS = 3;

interface ArtifactRowProps {
  readonly summary: ArtifactSummary;
  readonly isProvisional: (version: VersionRecord) => boolean;
  /** Sizes of its newest versions, oldest first. */
  readonly sizes: ReadonlySignal<readonly number[] | null>;
}

export function ArtifactRow({
  summary: { artifact, latest, aliases },
  isProvisional,
  sizes,
}: ArtifactRowProps): JSX.Element {
  return (
    <div role="listitem" class="artifact-row-item">
      <a class="artifact-row" href={versionHash(artifact.project, artifact.name, "latest")}>
        <span class="artifact-name">
          <strong title={artifact.name}>{showHidden(artifact.name)}</strong>
          <span class="chips">
            <TypeChip type={artifact.type} />
            {aliases.slice(0, SHOWN_CHIPS).map(({ alias, number }) => (
              <AliasChip key={alias} alias={alias} detail={formatVersion(number)} />
            ))}
            {aliases.length > SHOWN_CHIPS && <Chip>+{aliases.length - SHOWN_CHIPS}</Chip>}
            {artifact.tags.slice(0, SHOWN_CHIPS).map((tag) => (
              <span key={tag} class="artifact-tag muted">
                <Icon icon={Tag} size={13} label="Tag" /> {showHidden(tag)}
              </span>
            ))}
            {artifact.tags.length > SHOWN_CHIPS && (
              <span class="muted">+{artifact.tags.length - SHOWN_CHIPS}</span>
            )}
          </span>
        </span>
        <span class="artifact-trend">
          <Trend sizes={sizes.value} />
        </span>
        <span class="artifact-version number">
          <strong>
            <VersionLabel number={latest.number} isProvisional={isProvisional(latest)} />
          </strong>
          <span class="muted">{formatCount(artifact.versionCount, "version")}</span>
        </span>
        <span class="artifact-size number">
          <span>{formatBytes(latest.sizeBytes)}</span>
          <span class="muted">{formatCount(latest.fileCount, "file")}</span>
        </span>
        <time class="muted" dateTime={artifact.updatedAt} title={formatTime(artifact.updatedAt)}>
          {formatAgo(artifact.updatedAt)}
        </time>
      </a>
    </div>
  );
}

/** One version has no trend yet. */
function Trend({ sizes }: { readonly sizes: readonly number[] | null }): JSX.Element | null {
  if (sizes === null || sizes.length < 2) return null;
  return <Sparkline kind="line" values={sizes} label={describeSizes(sizes)} />;
}

/** `Size of the last 5 versions: from 1 MB to 2 MB`. */
function describeSizes(sizes: readonly number[]): string {
  const [first = 0, last = 0] = [sizes.at(0), sizes.at(-1)];
  const ends =
    first === last ? formatBytes(last) : `from ${formatBytes(first)} to ${formatBytes(last)}`;
  return `Size of the last ${sizes.length} versions: ${ends}`;
}
