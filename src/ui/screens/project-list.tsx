// The projects as cards: how large, how busy, when last changed.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { SearchX } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { ProjectRecord } from "../../core/records.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { SearchInput } from "../parts/search-input.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { projectHash, type HomeRoute } from "../router.ts";
import { SampleNote } from "../sample/sample-note.tsx";
import { isSample, readSampleRecord } from "../sample/sample-record.ts";
import type { AppState } from "../state/app-state.ts";
import { projectSort, shownProjects, type ProjectColumn } from "../state/list-order.ts";
import { useResource } from "../state/use-resource.ts";
import { SortSelect } from "./sort-select.tsx";
import "../parts/card-link.css";
import "../parts/filter-bar.css";
import "./project-list.css";

interface ProjectListProps {
  readonly app: AppState;
  readonly projects: readonly ProjectRecord[];
  readonly route: HomeRoute;
}

/** Fewer are seen at a glance. */
const FILTER_FROM = 9;
/** Cards shown at once; more on request. */
const PAGE = 120;
const WEEK_MS = 7 * 24 * 3600 * 1000;
const WEEKS = 12;

const QUIET: readonly number[] = Array.from({ length: WEEKS }, () => 0);

const COLUMNS: readonly (readonly [ProjectColumn, string])[] = [
  ["updated", "Updated"],
  ["name", "Name"],
  ["size", "Size"],
  ["versions", "Versions"],
];

export function ProjectList({ app, projects, route }: ProjectListProps): JSX.Element {
  const [limit, setLimit] = useState(PAGE);
  const activity = useActivity(app);
  const shown = shownProjects(projects, route);
  const change = (to: Partial<HomeRoute>): void => app.replaceRoute({ ...route, ...to });
  const sample = projects.find((project) => isSample(project, readSampleRecord()));
  const isFiltered = projects.length >= FILTER_FROM || (route.query ?? "") !== "";
  return (
    <>
      <header class="page-header project-list-head">
        <h1>Projects</h1>
        <p class="muted">{projects.length.toLocaleString("en")}</p>
        {projects.length > 1 && (
          <div class="filter-tools project-list-tools">
            {isFiltered && (
              <SearchInput
                label="Search projects"
                value={route.query ?? ""}
                onInput={(query) => change({ query })}
              />
            )}
            <SortSelect
              columns={COLUMNS}
              sort={projectSort(route.sort ?? "")}
              onChange={(sort) => change({ sort })}
            />
          </div>
        )}
      </header>
      {sample !== undefined && projects.length === 1 && (
        <SampleNote app={app} project={sample.name} />
      )}
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title="No project matches">
          <Button onClick={() => change({ query: "" })}>Show all</Button>
        </EmptyState>
      ) : (
        <ul class="project-list">
          {shown.slice(0, limit).map((project) => (
            <ProjectCard
              key={project.name}
              project={project}
              counts={activity === null ? null : (activity.get(project.name) ?? QUIET)}
            />
          ))}
        </ul>
      )}
      {shown.length > limit && (
        <Button onClick={() => setLimit(limit + PAGE)}>
          Show more · {(shown.length - limit).toLocaleString("en")} left
        </Button>
      )}
    </>
  );
}

/** Versions logged in each of the last weeks, by project; `null` until that is known. */
function useActivity(app: AppState): ReadonlyMap<string, readonly number[]> | null {
  const loaded = useResource(app, "activity", () => app.cairn.store.activity(WEEKS, WEEK_MS));
  if (loaded.phase !== "ready") return null;
  return new Map(loaded.value.map(({ project, counts }) => [project, counts]));
}

interface ProjectCardProps {
  readonly project: ProjectRecord;
  /** Versions logged in each of the last weeks; `null` until that is known. */
  readonly counts: readonly number[] | null;
}

function ProjectCard({ project, counts }: ProjectCardProps): JSX.Element {
  return (
    <li>
      <a class="card card-link project-card" href={projectHash(project.name)}>
        <strong>{showHidden(project.name)}</strong>
        <time class="muted" dateTime={project.updatedAt} title={formatTime(project.updatedAt)}>
          {formatAgo(project.updatedAt)}
        </time>
        <span class="project-facts muted number">
          <span>{formatCount(project.artifactCount, "artifact")}</span>
          <span>{formatCount(project.versionCount, "version")}</span>
          <span>{formatBytes(project.sizeBytes)}</span>
        </span>
        {counts !== null && (
          <Sparkline kind="bars" values={counts} label={describeActivity(counts)} />
        )}
      </a>
    </li>
  );
}

/** `No version logged in 12 weeks`, `12 versions logged in 12 weeks, 3 of them in the last`. */
function describeActivity(counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return `No version logged in ${counts.length} weeks`;
  const last = (counts.at(-1) ?? 0).toLocaleString("en");
  return `${formatCount(total, "version")} logged in ${counts.length} weeks, ${last} of them in the last`;
}
