// A project's artifacts, filtered by type and searched by name or alias.
import type { JSX } from "preact";
import { SearchX } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import type { ArtifactSummary } from "../../protocol/store-api.ts";
import { AliasChip, Chip } from "../parts/chip.tsx";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { versionHash, type Route } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { useResource } from "../state/use-resource.ts";
import "./project-screen.css";

interface ProjectScreenProps {
  readonly app: AppState;
  readonly route: Extract<Route, { kind: "project" }>;
}

const ROW_HEIGHT = 68;

export function ProjectScreen({ app, route }: ProjectScreenProps): JSX.Element {
  const { project } = route;
  const loaded = useResource(app, project, () => app.cairn.store.listArtifacts(project));
  if (loaded.phase === "loading") return <Loading what="artifacts" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const artifacts = loaded.value;
  const shown = artifacts.filter((summary) => matches(summary, route));
  const filter = (change: { type?: string; query?: string }): void =>
    app.replaceRoute({ ...route, ...change });
  return (
    <section class="project">
      <header class="page-header">
        <h1>{showHidden(project)}</h1>
        <p class="muted">{formatCount(artifacts.length, "artifact")}</p>
      </header>
      <div class="project-filters">
        <TypeFilter artifacts={artifacts} type={route.type} onChange={(type) => filter({ type })} />
        <SearchInput
          label="Search names and aliases"
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
    </section>
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
            {aliases.slice(0, 3).map(({ alias, number }) => (
              <AliasChip key={alias} alias={alias} detail={formatVersion(number)} />
            ))}
            {aliases.length > 3 && <Chip>+{aliases.length - 3}</Chip>}
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
    <div class="type-filter" role="group" aria-label="Type">
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

function matches(
  { artifact, aliases }: ArtifactSummary,
  { type, query }: ProjectScreenProps["route"],
): boolean {
  if (type !== "" && artifact.type !== type) return false;
  const wanted = query.trim().toLowerCase();
  return (
    wanted === "" ||
    [artifact.name, ...aliases.map(({ alias }) => alias)].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  );
}
