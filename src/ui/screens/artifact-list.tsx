// A project's artifacts, filtered by type and searched by name, alias or tag.
import type { JSX } from "preact";
import { PackageOpen, SearchX, Tag } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import { AliasChip, Chip } from "../parts/chip.tsx";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { formatRoute, versionHash, type ProjectRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import "../parts/choices.css";

interface ArtifactListProps {
  readonly app: AppState;
  readonly route: ProjectRoute;
  readonly artifacts: readonly ArtifactSummary[];
}

const ROW_HEIGHT = 68;
const SHOWN_CHIPS = 3;

export function ArtifactList({ app, route, artifacts }: ArtifactListProps): JSX.Element {
  const shown = artifacts.filter((summary) => matches(summary, route));
  const filter = (change: { type?: string; query?: string }): void =>
    app.replaceRoute({ ...route, ...change });
  if (artifacts.length === 0)
    return (
      <EmptyState icon={PackageOpen} title="No artifacts here">
        <p>
          Drop files to log one. What was deleted is in{" "}
          <a href={formatRoute({ kind: "trash" })}>the trash</a>.
        </p>
      </EmptyState>
    );
  return (
    <div class="project">
      <div class="project-filters">
        <TypeFilter artifacts={artifacts} type={route.type} onChange={(type) => filter({ type })} />
        <SearchInput
          label="Search names, aliases, tags"
          value={route.query}
          onInput={(query) => filter({ query })}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title="No artifact matches">
          <Button onClick={() => filter({ type: "", query: "" })}>Show all</Button>
        </EmptyState>
      ) : (
        <VirtualList
          class="card artifact-list"
          count={shown.length}
          rowHeight={ROW_HEIGHT}
          keyOf={(i) => shown[i]?.artifact.uid ?? i}
          attributes={{ role: "list", "aria-label": "Artifacts" }}
          renderRow={(i) => {
            const summary = shown[i];
            return summary === undefined ? null : <ArtifactRow summary={summary} />;
          }}
        />
      )}
    </div>
  );
}

function ArtifactRow({
  summary: { artifact, latest, aliases },
}: {
  readonly summary: ArtifactSummary;
}): JSX.Element {
  return (
    <div role="listitem" class="artifact-row-item">
      <a class="artifact-row" href={versionHash(artifact.project, artifact.name, "latest")}>
        <span class="artifact-name">
          <strong title={artifact.name}>{showHidden(artifact.name)}</strong>
          <span class="chips">
            <Chip>{showHidden(artifact.type)}</Chip>
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
        <span class="artifact-version">
          <strong>{formatVersion(latest.number)}</strong>
          <span class="muted">{formatCount(artifact.versionCount, "version")}</span>
        </span>
        <span class="artifact-size">
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

interface TypeFilterProps {
  readonly artifacts: readonly ArtifactSummary[];
  readonly type: string;
  readonly onChange: (type: string) => void;
}

function TypeFilter({ artifacts, type, onChange }: TypeFilterProps): JSX.Element {
  const counts = new Map<string, number>();
  for (const { artifact } of artifacts)
    counts.set(artifact.type, (counts.get(artifact.type) ?? 0) + 1);
  const types: [string, number][] = [
    ["", artifacts.length],
    ...[...counts].toSorted(([a], [b]) => a.localeCompare(b)),
  ];
  return (
    <div class="choices" role="group" aria-label="Type">
      {types.map(([name, count]) => (
        <button
          key={name}
          type="button"
          aria-pressed={type === name}
          onClick={() => onChange(name)}
        >
          {name === "" ? "All" : showHidden(name)}{" "}
          <span class="muted">{count.toLocaleString("en")}</span>
        </button>
      ))}
    </div>
  );
}

function matches({ artifact, aliases }: ArtifactSummary, { type, query }: ProjectRoute): boolean {
  if (type !== "" && artifact.type !== type) return false;
  const wanted = query.trim().toLowerCase();
  return (
    wanted === "" ||
    [artifact.name, ...artifact.tags, ...aliases.map(({ alias }) => alias)].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  );
}
