// A project's artifacts: filtered, searched and sorted as the URL says.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { PackageOpen, SearchX } from "lucide";
import type { ArtifactUid } from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { countBy, FilterChoices } from "../parts/filter-choices.tsx";
import { FilterSelect } from "../parts/filter-select.tsx";
import { formatCount } from "../parts/format.ts";
import { SearchInput } from "../parts/search-input.tsx";
import { SortButton } from "../parts/sort-button.tsx";
import { showType } from "../parts/type-chip.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { formatRoute, UNFILTERED, type ProjectRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { Batches } from "../state/batches.ts";
import { isReadOnly } from "../state/read-only.ts";
import {
  artifactSort,
  filteredArtifacts,
  pressed,
  sortedArtifacts,
  type ArtifactColumn,
} from "../state/list-order.ts";
import { provisionalIn } from "../state/synced-state.ts";
import { ArtifactRow } from "./artifact-row.tsx";
import { SortSelect } from "./sort-select.tsx";
import "../parts/filter-bar.css";
import "./artifact-list.css";

interface ArtifactListProps {
  readonly app: AppState;
  readonly route: ProjectRoute;
  readonly artifacts: readonly ArtifactSummary[];
}

type Change = Partial<Omit<ProjectRoute, "kind" | "project" | "tab">>;

const ROW_HEIGHT = 68;
/** Versions in a sparkline. */
const TREND = 24;

const COLUMNS: readonly (readonly [ArtifactColumn, string])[] = [
  ["name", "Name"],
  ["versions", "Versions"],
  ["size", "Size"],
  ["updated", "Updated"],
];

export function ArtifactList({ app, route, artifacts }: ArtifactListProps): JSX.Element {
  // Apart, so that typing in the search sorts nothing anew.
  const sorted = useMemo(() => sortedArtifacts(artifacts, route.sort), [artifacts, route.sort]);
  const shown = useMemo(() => filteredArtifacts(sorted, route), [sorted, route]);
  const [sizes] = useState(
    () =>
      new Batches<ArtifactUid, readonly number[]>((uids) =>
        app.cairn.store.versionSizes(uids, TREND),
      ),
  );
  const change = (to: Change): void => app.replaceRoute({ ...route, ...to });
  if (artifacts.length === 0)
    return (
      <EmptyState icon={PackageOpen} title="No artifacts here">
        {!isReadOnly() && (
          <p>
            Drop files to log one. What was deleted is in{" "}
            <a href={formatRoute({ kind: "trash" })}>the trash</a>.
          </p>
        )}
      </EmptyState>
    );
  return (
    <div class="project">
      <Filters artifacts={artifacts} route={route} onChange={change} />
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title="No artifact matches">
          <Button onClick={() => change(UNFILTERED)}>Show all</Button>
        </EmptyState>
      ) : (
        <div class="card artifact-table">
          <Head route={route} onSort={(sort) => change({ sort })} />
          <VirtualList
            listKey={formatRoute(route)}
            class="artifact-list"
            count={shown.length}
            rowHeight={ROW_HEIGHT}
            keyOf={(i) => shown[i]?.artifact.uid ?? i}
            attributes={{ role: "list", "aria-label": "Artifacts" }}
            renderRow={(i) => {
              const summary = shown[i];
              if (summary === undefined) return null;
              const { uid, updatedAt } = summary.artifact;
              return (
                <ArtifactRow
                  summary={summary}
                  isProvisional={provisionalIn(app.sync.remotes.value, summary.artifact)}
                  sizes={sizes.of(uid, updatedAt)}
                />
              );
            }}
          />
        </div>
      )}
      {shown.length < artifacts.length && (
        <p class="muted list-note" role="status">
          {shown.length.toLocaleString("en")} of {formatCount(artifacts.length, "artifact")}
        </p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly artifacts: readonly ArtifactSummary[];
  readonly route: ProjectRoute;
  readonly onChange: (change: Change) => void;
}

function Filters({ artifacts, route, onChange }: FiltersProps): JSX.Element {
  const counts = useMemo(
    () => ({
      types: countBy(artifacts.map(({ artifact }) => artifact.type)),
      aliases: countBy(artifacts.flatMap(({ aliases }) => aliases.map(({ alias }) => alias))),
      tags: countBy(artifacts.flatMap(({ artifact }) => artifact.tags)),
    }),
    [artifacts],
  );
  return (
    <div class="filter-bar">
      <FilterChoices
        label="Filter by type"
        counts={counts.types}
        total={artifacts.length}
        value={route.type}
        onChange={(type) => onChange({ type })}
        show={showType}
      />
      <div class="filter-tools">
        <FilterSelect
          what="alias"
          counts={counts.aliases}
          value={route.alias}
          onChange={(alias) => onChange({ alias })}
        />
        <FilterSelect
          what="tag"
          counts={counts.tags}
          value={route.tag}
          onChange={(tag) => onChange({ tag })}
        />
        <SortSelect
          columns={COLUMNS}
          sort={artifactSort(route.sort)}
          onChange={(sort) => onChange({ sort })}
        />
        <SearchInput
          label="Search names, aliases, tags"
          value={route.query}
          onInput={(query) => onChange({ query })}
        />
      </div>
    </div>
  );
}

/** Where there is room, the columns have heads; on a narrow screen the select sorts. */
function Head({
  route,
  onSort,
}: {
  readonly route: ProjectRoute;
  readonly onSort: (sort: string) => void;
}): JSX.Element {
  const sort = artifactSort(route.sort);
  const [name, ...others] = COLUMNS.map(([column, text]) => (
    <span key={column} class={`head-${column}`}>
      <SortButton
        text={text}
        direction={sort.column === column ? (sort.isDown ? "down" : "up") : null}
        onClick={() => onSort(pressed(sort, column))}
      />
    </span>
  ));
  return (
    <div class="artifact-head" role="group" aria-label="Sort by">
      {name}
      <span class="head-trend">Size trend</span>
      {others}
    </div>
  );
}
