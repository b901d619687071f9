// Home: a welcome where nothing is kept yet, else the projects and what the browser keeps.
import type { JSX } from "preact";
import { EmptyState } from "../parts/empty-state.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Loading } from "../parts/loading.tsx";
import type { HomeRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { useResource } from "../state/use-resource.ts";
import { Welcome } from "./welcome.tsx";
import type { IngestState } from "../ingest/ingest-state.ts";

const HomeOverview = lazy(() =>
  import("./home-overview.tsx").then((module) => module.HomeOverview),
);

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
    <HomeOverview
      app={app}
      route={route}
      projects={projects}
      report={report}
      inTrash={trash.length}
    />
  );
}
