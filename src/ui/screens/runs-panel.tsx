// A project's runs: what made and used its versions [R1 R4].
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Play, SearchX } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RunRecord, RunUid } from "../../core/records.ts";
import type { RunCounts } from "../../protocol/overview-api.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { countBy, FilterChoices } from "../parts/filter-choices.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { SortButton } from "../parts/sort-button.tsx";
import { attempt } from "../state/actions.ts";
import { UNFILTERED, type ProjectRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { Batches } from "../state/batches.ts";
import { pressed, runSort, shownRuns, type RunColumn } from "../state/list-order.ts";
import { useResource } from "../state/use-resource.ts";
import { RunRow } from "./run-row.tsx";
import { SortSelect } from "./sort-select.tsx";
import "./runs-panel.css";

/** Rows shown at once; more on request. */
const PAGE = 200;

const COLUMNS: readonly (readonly [RunColumn, string])[] = [
  ["name", "Name"],
  ["state", "State"],
  ["started", "Started"],
  ["duration", "Duration"],
];

interface RunsPanelProps {
  readonly app: AppState;
  readonly route: ProjectRoute;
}

export function RunsPanel({ app, route }: RunsPanelProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, route.project, () => store.listRuns(route.project));
  const [counts] = useState(
    () => new Batches<RunUid, RunCounts>((uids) => store.countRunEdges(uids)),
  );
  const [limit, setLimit] = useState(PAGE);
  const runs = loaded.phase === "ready" ? loaded.value : NONE;
  const found = useMemo(() => shownRuns(runs, route), [runs, route]);
  if (loaded.phase === "loading") return <Loading what="runs" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  if (runs.length === 0)
    return (
      <EmptyState icon={Play} title="No runs yet">
        <p>A run is what made or used a version. Name one when you commit, or use the API.</p>
      </EmptyState>
    );
  const change = (to: Partial<ProjectRoute>): void => app.replaceRoute({ ...route, ...to });
  const version = String(app.changes.value);
  return (
    <div class="runs">
      <Filters runs={runs} route={route} onChange={change} />
      {found.length === 0 ? (
        <EmptyState icon={SearchX} title="No run matches">
          <Button onClick={() => change(UNFILTERED)}>Show all</Button>
        </EmptyState>
      ) : (
        <div class="card runs-card">
          <table class="runs-table">
            <Head route={route} onSort={(sort) => change({ sort })} />
            <tbody>
              {found.slice(0, limit).map((run) => (
                <RunRow
                  key={run.uid}
                  run={run}
                  counts={counts.of(run.uid, version)}
                  onDelete={() => void deleteRun(app, run)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > limit && (
        <Button onClick={() => setLimit(limit + PAGE)}>
          Show more · {(found.length - limit).toLocaleString("en")} left
        </Button>
      )}
    </div>
  );
}

const NONE: readonly RunRecord[] = [];

interface FiltersProps {
  readonly runs: readonly RunRecord[];
  readonly route: ProjectRoute;
  readonly onChange: (change: Partial<ProjectRoute>) => void;
}

function Filters({ runs, route, onChange }: FiltersProps): JSX.Element {
  return (
    <div class="project-filters">
      <FilterChoices
        label="Filter by state"
        counts={countBy(runs.map(({ state }) => state))}
        total={runs.length}
        value={route.state}
        onChange={(state) => onChange({ state })}
        show={showState}
      />
      <div class="project-tools">
        <SortSelect
          columns={COLUMNS}
          sort={runSort(route.sort)}
          onChange={(sort) => onChange({ sort })}
        />
        <SearchInput
          label="Search runs"
          value={route.query}
          onInput={(query) => onChange({ query })}
        />
      </div>
    </div>
  );
}

function showState(state: string): JSX.Element {
  return <span class={`run-state is-${state}`}>{state}</span>;
}

function Head({
  route,
  onSort,
}: {
  readonly route: ProjectRoute;
  readonly onSort: (sort: string) => void;
}): JSX.Element {
  const sort = runSort(route.sort);
  return (
    <thead>
      <tr>
        {COLUMNS.map(([column, text]) => {
          const isSet = sort.column === column;
          return (
            <th
              key={column}
              scope="col"
              aria-sort={isSet ? (sort.isDown ? "descending" : "ascending") : "none"}
            >
              <SortButton
                text={text}
                direction={isSet ? (sort.isDown ? "down" : "up") : null}
                onClick={() => onSort(pressed(sort, column))}
              />
            </th>
          );
        })}
        <th scope="col" title="Versions it used">
          Inputs
        </th>
        <th scope="col" title="Versions it made">
          Outputs
        </th>
        <th scope="col">Config</th>
        <th scope="col">
          <span class="visually-hidden">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

function deleteRun(app: AppState, run: RunRecord): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    await store.deleteRun(run.uid);
    document.getElementById("main")?.focus({ preventScroll: true });
    app.undo.offer(`Deleted the run ${showHidden(run.name)}. Lineage keeps its name.`, async () => {
      await store.restoreRun(run.uid);
      return `The run ${showHidden(run.name)} is back.`;
    });
  });
}
