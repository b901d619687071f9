// A project: its artifacts and its runs, side by side.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { showHidden } from "../../core/errors.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import { formatBytes, formatCount } from "../parts/format.ts";
import { lazy } from "../parts/lazy.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { Tabs, type Tab } from "../parts/tabs.tsx";
import { UNFILTERED, type ProjectRoute, type ProjectTab } from "../router.ts";
import { SampleNote } from "../sample/sample-note.tsx";
import { areSample, readSampleRecord } from "../sample/sample-record.ts";
import type { AppState } from "../state/app-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { useResource } from "../state/use-resource.ts";
import { ArtifactList } from "./artifact-list.tsx";
import { ProjectMenu } from "./project-menu.tsx";
import { ProjectSync } from "./project-sync.tsx";
import "./project-screen.css";

const RunsPanel = lazy(() => import("./runs-panel.tsx").then((module) => module.RunsPanel));

interface ProjectScreenProps {
  readonly app: AppState;
  readonly route: ProjectRoute;
}

const TABS: readonly Tab<ProjectTab>[] = [
  { id: "artifacts", text: "Artifacts" },
  { id: "runs", text: "Runs" },
];

export function ProjectScreen({ app, route }: ProjectScreenProps): JSX.Element {
  const { project } = route;
  const loaded = useResource(app, project, () => app.cairn.store.listArtifacts(project));
  if (loaded.phase === "loading") return <Loading what="artifacts" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const artifacts = loaded.value;
  return (
    <section class="project">
      <header class="page-header">
        <h1>{showHidden(project)}</h1>
        <Totals artifacts={artifacts} />
        {!isReadOnly() && <ProjectMenu app={app} project={project} />}
      </header>
      <ProjectSync app={app} project={project} />
      {areSample(artifacts, project, readSampleRecord()) && (
        <SampleNote app={app} project={project} />
      )}
      <Tabs
        label="Views of this project"
        tabs={TABS}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab, ...UNFILTERED })}
      >
        {route.tab === "runs" ? (
          <RunsPanel app={app} route={route} />
        ) : (
          <ArtifactList app={app} route={route} artifacts={artifacts} />
        )}
      </Tabs>
    </section>
  );
}

function Totals({ artifacts }: { readonly artifacts: readonly ArtifactSummary[] }): JSX.Element {
  const text = useMemo(() => describe(artifacts), [artifacts]);
  return <p class="muted number">{text}</p>;
}

/** `3 artifacts · 6 versions · 170 kB`. */
function describe(artifacts: readonly ArtifactSummary[]): string {
  const sum = (of: (artifact: ArtifactRecord) => number): number =>
    artifacts.reduce((total, { artifact }) => total + of(artifact), 0);
  return [
    formatCount(artifacts.length, "artifact"),
    formatCount(
      sum(({ versionCount }) => versionCount),
      "version",
    ),
    formatBytes(sum(({ sizeBytes }) => sizeBytes)),
  ].join(" · ");
}
