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
import { formatCount } from "../parts/format.ts";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { SortButton } from "../parts/sort-button.tsx";
import { useMedia } from "../parts/use-media.ts";
import { VirtualList } from "../parts/virtual-list.tsx";
import { attempt } from "../state/actions.ts";
import { formatRoute, UNFILTERED, type ProjectRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { Batches } from "../state/batches.ts";
import { pressed, runSort, shownRuns, type RunColumn } from "../state/list-order.ts";
import { useResource } from "../state/use-resource.ts";
import { RunConfigDialog } from "./run-config-dialog.tsx";
import { RunRow } from "./run-row.tsx";
import { SortSelect } from "./sort-select.tsx";
import "../parts/filter-bar.css";
import "../parts/table-row.css";
import "./runs-panel.css";

/** Pixels; the CSS has them too. */
const ROW_HEIGHT = 48;
const NARROW_ROW_HEIGHT = 88;
const HEAD_HEIGHT = 40;
/** As in the CSS: below it a row is a card without columns. */
const NARROW = "(max-width: 720px)";

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
  const [configOf, setConfigOf] = useState<RunRecord | null>(null);
  const isNarrow = useMedia(NARROW);
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
          <VirtualList
            // Another filter, order or height of rows begins at the first row.
            key={String(isNarrow)}
            listKey={formatRoute(route)}
            class="runs-list"
            count={found.length}
            rowHeight={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
            keyOf={(i) => found[i]?.uid ?? i}
            attributes={{
              role: "table",
              "aria-label": "Runs",
              "aria-rowcount": found.length + 1,
            }}
            {...(!isNarrow && {
              header: {
                height: HEAD_HEIGHT,
                content: <Head route={route} onSort={(sort) => change({ sort })} />,
              },
            })}
            renderRow={(i) => {
              const run = found[i];
              if (run === undefined) return null;
              return (
                <RunRow
                  run={run}
                  counts={counts.of(run.uid, version)}
                  isNarrow={isNarrow}
                  rowIndex={i + 2}
                  onConfig={() => setConfigOf(run)}
                  onDelete={() => void deleteRun(app, run)}
                />
              );
            }}
          />
        </div>
      )}
      {found.length < runs.length && (
        <p class="muted runs-note" role="status">
          {found.length.toLocaleString("en")} of {formatCount(runs.length, "run")}
        </p>
      )}
      {configOf !== null && <RunConfigDialog run={configOf} onClose={() => setConfigOf(null)} />}
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
    <div class="filter-bar">
      <FilterChoices
        label="Filter by state"
        counts={countBy(runs.map(({ state }) => state))}
        total={runs.length}
        value={route.state}
        onChange={(state) => onChange({ state })}
        show={showState}
      />
      <div class="filter-tools">
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
    <div role="row" aria-rowindex={1} class="table-row table-head run-row run-head">
      {COLUMNS.map(([column, text]) => {
        const isSet = sort.column === column;
        return (
          <span
            key={column}
            role="columnheader"
            aria-sort={isSet ? (sort.isDown ? "descending" : "ascending") : "none"}
          >
            <SortButton
              text={text}
              direction={isSet ? (sort.isDown ? "down" : "up") : null}
              onClick={() => onSort(pressed(sort, column))}
            />
          </span>
        );
      })}
      <span role="columnheader" class="run-count" title="Versions it used">
        Inputs
      </span>
      <span role="columnheader" class="run-count" title="Versions it made">
        Outputs
      </span>
      <span role="columnheader" class="run-config-cell">
        Config
      </span>
      <span role="columnheader">
        <span class="visually-hidden">Actions</span>
      </span>
    </div>
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
