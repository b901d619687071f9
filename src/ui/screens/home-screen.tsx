// All projects, and what the browser's storage holds.
import type { JSX } from "preact";
import { EmptyState } from "../parts/empty-state.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Loading } from "../parts/loading.tsx";
import type { HomeRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { useResource } from "../state/use-resource.ts";
import { CareLinks } from "./care-links.tsx";
import { StorageMeter } from "./storage-meter.tsx";
import { Welcome } from "./welcome.tsx";
import type { IngestState } from "../ingest/ingest-state.ts";
import "./home-screen.css";

const ProjectList = lazy(() => import("./project-list.tsx").then((module) => module.ProjectList));

interface HomeScreenProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly route: HomeRoute;
}

/** Of what is shown; the line above says how far it is. */
function NothingYet(): JSX.Element {
  return (
    <EmptyState title="Nothing to show yet" isPage>
      <p>What the repository holds appears here as soon as it has come.</p>
    </EmptyState>
  );
}

export function HomeScreen({ app, ingest, route }: HomeScreenProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, "home", () =>
    Promise.all([store.listProjects(), store.getStorage(), store.listTrash()]),
  );
  if (loaded.phase === "loading") return <Loading what="projects" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [projects, report, trash] = loaded.value;
  if (projects.length === 0 && isReadOnly()) return <NothingYet />;
  if (projects.length === 0) return <Welcome app={app} ingest={ingest} inTrash={trash.length} />;
  return (
    <div class="home">
      <section class="home-projects">
        <ProjectList app={app} projects={projects} route={route} />
      </section>
      <aside class="home-aside">
        <StorageMeter app={app} report={report} />
        <CareLinks inTrash={trash.length} />
      </aside>
    </div>
  );
}
