// An artifact's versions, newest first.
import type { JSX } from "preact";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { ArtifactRecord } from "../../../core/records.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { AliasChip, Chip } from "../../parts/chip.tsx";
import { formatAgo, formatBytes, formatTime } from "../../parts/format.ts";
import { VirtualList } from "../../parts/virtual-list.tsx";
import { versionHash } from "../../router.ts";
import "./timeline.css";

interface TimelineProps {
  readonly artifact: ArtifactRecord;
  readonly versions: readonly VersionSummary[];
  readonly current: VersionNumber;
}

const ROW_HEIGHT = 64;
const SHOWN_ALIASES = 2;

export function Timeline({ artifact, versions, current }: TimelineProps): JSX.Element {
  return (
    <nav class="timeline" aria-label="Versions">
      <h2>
        Versions <span class="muted">{versions.length.toLocaleString("en")}</span>
      </h2>
      <VirtualList
        class="timeline-list"
        count={versions.length}
        rowHeight={ROW_HEIGHT}
        keyOf={(i) => versions[i]?.version.uid ?? i}
        reveal={versions.findIndex(({ version }) => version.number === current)}
        attributes={{ role: "list", "aria-label": "Versions, newest first" }}
        renderRow={(i) => {
          const summary = versions[i];
          return summary === undefined ? null : (
            <Entry artifact={artifact} summary={summary} current={current} />
          );
        }}
      />
    </nav>
  );
}

interface EntryProps {
  readonly artifact: ArtifactRecord;
  readonly summary: VersionSummary;
  readonly current: VersionNumber;
}

function Entry({ artifact, summary: { version, aliases }, current }: EntryProps): JSX.Element {
  const number = formatVersion(version.number);
  return (
    <div role="listitem" class="timeline-item">
      <a
        class="timeline-entry"
        href={versionHash(artifact.project, artifact.name, number)}
        {...(version.number === current && { "aria-current": "page" as const })}
      >
        <span class="timeline-line">
          <strong>{number}</strong>
          <span class="chips">
            {aliases.slice(0, SHOWN_ALIASES).map((alias) => (
              <AliasChip key={alias} alias={alias} />
            ))}
            {aliases.length > SHOWN_ALIASES && <Chip>+{aliases.length - SHOWN_ALIASES}</Chip>}
          </span>
        </span>
        <span class="muted timeline-when" title={formatTime(version.createdAt)}>
          {formatAgo(version.createdAt)} · {formatBytes(version.sizeBytes)}
        </span>
      </a>
    </div>
  );
}
