// Home, once there is something: the projects, and beside them what this browser keeps.
import type { JSX } from "preact";
import type { ProjectRecord } from "../../core/records.ts";
import type { StorageReport } from "../../protocol/browse-api.ts";
import type { HomeRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { CareLinks } from "./care-links.tsx";
import { ProjectList } from "./project-list.tsx";
import { StorageMeter } from "./storage-meter.tsx";
import "./home-overview.css";

interface HomeOverviewProps {
  readonly app: AppState;
  readonly route: HomeRoute;
  readonly projects: readonly ProjectRecord[];
  readonly report: StorageReport;
  /** Entries of the trash. */
  readonly inTrash: number;
}

export function HomeOverview(props: HomeOverviewProps): JSX.Element {
  const { app, route, projects, report, inTrash } = props;
  return (
    <div class="home">
      <section class="home-projects">
        <ProjectList app={app} projects={projects} route={route} />
      </section>
      {/* Of a published page what this browser keeps is only a copy. */}
      {!isReadOnly() && (
        <aside class="home-aside">
          <StorageMeter app={app} report={report} />
          <CareLinks inTrash={inTrash} />
        </aside>
      )}
    </div>
  );
}
