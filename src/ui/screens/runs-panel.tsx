// A project's runs: what made and used its versions [R1 R4].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Play, SearchX, Trash2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RunRecord } from "../../core/records.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatAgo, formatCount, formatDuration, formatTime } from "../parts/format.ts";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { showHiddenInText } from "../parts/text.ts";
import { attempt, sayDone } from "../state/actions.ts";
import type { ProjectRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { useResource } from "../state/use-resource.ts";
import "./runs-panel.css";

/** Rows shown at once; more on request. */
const PAGE = 200;

interface RunsPanelProps {
  readonly app: AppState;
  readonly route: ProjectRoute;
}

export function RunsPanel({ app, route }: RunsPanelProps): JSX.Element {
  const loaded = useResource(app, route.project, () => app.cairn.store.listRuns(route.project));
  const [limit, setLimit] = useState(PAGE);
  if (loaded.phase === "loading") return <Loading what="runs" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const runs = loaded.value;
  if (runs.length === 0)
    return (
      <EmptyState icon={Play} title="No runs yet">
        <p>A run is what made or used a version. Name one when you commit, or use the API.</p>
      </EmptyState>
    );
  const wanted = route.query.trim().toLowerCase();
  const found = runs
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  const search = (query: string): void => app.replaceRoute({ ...route, query });
  return (
    <div class="runs">
      <div class="project-filters">
        <p class="muted">{formatCount(runs.length, "run")}</p>
        <SearchInput label="Search runs" value={route.query} onInput={search} />
      </div>
      {found.length === 0 ? (
        <EmptyState icon={SearchX} title="No run matches">
          <Button onClick={() => search("")}>Show all</Button>
        </EmptyState>
      ) : (
        <div class="card runs-card">
          <table class="runs-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">State</th>
                <th scope="col">Started</th>
                <th scope="col">Duration</th>
                <th scope="col">Config</th>
                <th scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, limit).map((run) => (
                <Row key={run.uid} run={run} onDelete={() => void deleteRun(app, run)} />
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

function Row({
  run,
  onDelete,
}: {
  readonly run: RunRecord;
  readonly onDelete: () => void;
}): JSX.Element {
  const name = showHidden(run.name);
  const keys = Object.keys(run.config).length;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="State">
        <span class={`run-state is-${run.state}`}>{run.state}</span>
      </td>
      <td data-label="Started">
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt)}
        </time>
      </td>
      <td data-label="Duration">{durationOf(run)}</td>
      <td data-label="Config">
        {keys === 0 ? (
          <span class="muted">none</span>
        ) : (
          <details>
            <summary>{formatCount(keys, "key")}</summary>
            <pre tabIndex={0}>{showHiddenInText(JSON.stringify(run.config, null, 2))}</pre>
          </details>
        )}
      </td>
      <td class="runs-actions">
        <IconButton icon={Trash2} label={`Delete run ${name}`} onClick={onDelete} />
      </td>
    </tr>
  );
}

/** Made by hand, a run begins and ends in the same moment. */
function durationOf({ startedAt, endedAt }: RunRecord): string {
  if (endedAt === null) return "–";
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return seconds === 0 ? "–" : formatDuration(seconds);
}

function deleteRun(app: AppState, run: RunRecord): Promise<boolean> {
  const { store } = app.cairn;
  return attempt(app.toasts, async () => {
    await store.deleteRun(run.uid);
    document.getElementById("main")?.focus({ preventScroll: true });
    sayDone(
      app.toasts,
      `Deleted the run ${showHidden(run.name)}. Lineage keeps its name.`,
      async () => {
        await store.restoreRun(run.uid);
        return `The run ${showHidden(run.name)} is back.`;
      },
    );
  });
}
