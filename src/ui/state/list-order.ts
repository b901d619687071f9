// Which rows of a project's lists are shown, and in which order, as the URL says.
import type { ProjectRecord, RunRecord } from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import type { HomeRoute, ProjectRoute } from "../router.ts";

/** A column and its direction; in the URL `size`, or `-size` from the largest. */
export interface Sort<Column extends string> {
  readonly column: Column;
  readonly isDown: boolean;
}

const ARTIFACT_COLUMNS = ["name", "versions", "size", "updated"] as const;
export type ArtifactColumn = (typeof ARTIFACT_COLUMNS)[number];
const PROJECT_COLUMNS = ["updated", "name", "size", "versions"] as const;
export type ProjectColumn = (typeof PROJECT_COLUMNS)[number];
const RUN_COLUMNS = ["started", "name", "state", "duration"] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

/** Artifacts stand by name, projects and runs from the newest, unless asked otherwise. */
const USUAL_ARTIFACTS: Sort<ArtifactColumn> = { column: "name", isDown: false };
const USUAL_PROJECTS: Sort<ProjectColumn> = { column: "updated", isDown: true };
const USUAL_RUNS: Sort<RunColumn> = { column: "started", isDown: true };

/** What the URL asks for, or the usual order where it makes no sense. */
export function artifactSort(text: string): Sort<ArtifactColumn> {
  return parseSort(text, ARTIFACT_COLUMNS) ?? USUAL_ARTIFACTS;
}

export function projectSort(text: string): Sort<ProjectColumn> {
  return parseSort(text, PROJECT_COLUMNS) ?? USUAL_PROJECTS;
}

export function runSort(text: string): Sort<RunColumn> {
  return parseSort(text, RUN_COLUMNS) ?? USUAL_RUNS;
}

/** The sort after a press on a column: names begin with A, everything else with the most; again turns it round. */
export function pressed<Column extends string>(now: Sort<Column>, column: Column): string {
  const isDown = now.column === column ? !now.isDown : column !== "name" && column !== "state";
  return formatSort({ column, isDown });
}

export function formatSort({ column, isDown }: Sort<string>): string {
  return `${isDown ? "-" : ""}${column}`;
}

export function shownProjects(
  projects: readonly ProjectRecord[],
  route: HomeRoute,
): readonly ProjectRecord[] {
  const { column, isDown } = projectSort(route.sort ?? "");
  const wanted = (route.query ?? "").trim().toLowerCase();
  return projects
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted(directed(isDown, (a, b) => compareProjects(a, b, column)));
}

/** The artifacts in an order of the URL. */
export function sortedArtifacts(
  artifacts: readonly ArtifactSummary[],
  sort: string,
): readonly ArtifactSummary[] {
  const { column, isDown } = artifactSort(sort);
  return artifacts.toSorted(directed(isDown, (a, b) => compareArtifacts(a, b, column)));
}

/** Those that the filters of the URL let through. */
export function filteredArtifacts(
  artifacts: readonly ArtifactSummary[],
  route: ProjectRoute,
): readonly ArtifactSummary[] {
  const wanted = route.query.trim().toLowerCase();
  return artifacts.filter((summary) => matches(summary, route, wanted));
}

export function shownRuns(runs: readonly RunRecord[], route: ProjectRoute): readonly RunRecord[] {
  const { column, isDown } = runSort(route.sort);
  const wanted = route.query.trim().toLowerCase();
  return runs
    .filter(({ state }) => route.state === "" || state === route.state)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted(directed(isDown, (a, b) => compareRuns(a, b, column)));
}

/** How long a run took, in seconds; `null` while it goes on. */
export function durationOf({ startedAt, endedAt }: RunRecord): number | null {
  return endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
}

function parseSort<Column extends string>(
  text: string,
  columns: readonly Column[],
): Sort<Column> | null {
  const isDown = text.startsWith("-");
  const column = columns.find((name) => name === text.slice(isDown ? 1 : 0));
  return column === undefined ? null : { column, isDown };
}

function matches(
  { artifact, aliases }: ArtifactSummary,
  { type, alias: asked, tag }: ProjectRoute,
  wanted: string,
): boolean {
  if (type !== "" && artifact.type !== type) return false;
  if (asked !== "" && !aliases.some(({ alias }) => alias === asked)) return false;
  if (tag !== "" && !artifact.tags.some((held) => held === tag)) return false;
  return (
    wanted === "" ||
    [artifact.name, ...artifact.tags, ...aliases.map(({ alias }) => alias)].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  );
}

function compareProjects(a: ProjectRecord, b: ProjectRecord, column: ProjectColumn): number {
  switch (column) {
    case "name":
      return compareText(a.name, b.name);
    case "versions":
      return a.versionCount - b.versionCount;
    case "size":
      return a.sizeBytes - b.sizeBytes;
    case "updated":
      return compareTime(a.updatedAt, b.updatedAt);
  }
}

function compareArtifacts(a: ArtifactSummary, b: ArtifactSummary, column: ArtifactColumn): number {
  switch (column) {
    case "name":
      return compareText(a.artifact.name, b.artifact.name);
    case "versions":
      return a.artifact.versionCount - b.artifact.versionCount;
    case "size":
      return a.latest.sizeBytes - b.latest.sizeBytes;
    case "updated":
      return compareTime(a.artifact.updatedAt, b.artifact.updatedAt);
  }
}

function compareRuns(a: RunRecord, b: RunRecord, column: RunColumn): number {
  switch (column) {
    case "name":
      return compareText(a.name, b.name);
    case "state":
      return compareText(a.state, b.state);
    case "started":
      return compareTime(a.startedAt, b.startedAt);
    case "duration":
      return (durationOf(a) ?? STILL_RUNNING) - (durationOf(b) ?? STILL_RUNNING);
  }
}

/** Longer than any that ended. */
const STILL_RUNNING = Number.MAX_VALUE;

/** Equal rows keep the order they had, whichever way it goes. */
function directed<Row>(
  isDown: boolean,
  compare: (a: Row, b: Row) => number,
): (a: Row, b: Row) => number {
  return isDown ? (a, b) => compare(b, a) : compare;
}

const collator = new Intl.Collator("en", { numeric: true });

function compareTime(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

/** `v2` before `v10`. */
function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
