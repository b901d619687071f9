// All projects, and what the browser's storage holds.
import type { JSX } from "preact";
import { FilePlus2, FolderPlus, PackageOpen, ShieldCheck, Trash2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { ProjectRecord } from "../../core/records.ts";
import { Button } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import { formatRoute, projectHash } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { useResource } from "../state/use-resource.ts";
import { StorageMeter } from "./storage-meter.tsx";
import type { IngestState } from "../ingest/ingest-state.ts";
import "./home-screen.css";

interface HomeScreenProps {
  readonly app: AppState;
  readonly ingest: IngestState;
}

export function HomeScreen({ app, ingest }: HomeScreenProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, "home", () =>
    Promise.all([store.listProjects(), store.getStorage(), store.listTrash()]),
  );
  if (loaded.phase === "loading") return <Loading what="projects" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [projects, report, trash] = loaded.value;
  if (projects.length === 0) return <Welcome ingest={ingest} inTrash={trash.length} />;
  return (
    <div class="home">
      <section>
        <header class="page-header">
          <h1>Projects</h1>
        </header>
        <ul class="project-list">
          {projects
            .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
            .map((project) => (
              <ProjectCard key={project.name} project={project} />
            ))}
        </ul>
      </section>
      <aside class="home-aside">
        <StorageMeter app={app} report={report} />
        <CareLinks inTrash={trash.length} />
      </aside>
    </div>
  );
}

/** @param props.inTrash entries of the trash */
function CareLinks({ inTrash }: { readonly inTrash: number }): JSX.Element {
  return (
    <nav class="care-links" aria-label="Looking after the store">
      <a href={formatRoute({ kind: "care", subject: "" })}>
        <Icon icon={ShieldCheck} /> Storage &amp; safety
      </a>
      <a href={formatRoute({ kind: "trash" })}>
        <Icon icon={Trash2} /> Trash{" "}
        <span class="muted">{inTrash === 0 ? "empty" : inTrash.toLocaleString("en")}</span>
      </a>
    </nav>
  );
}

function ProjectCard({ project }: { readonly project: ProjectRecord }): JSX.Element {
  return (
    <li>
      <a class="card project-card" href={projectHash(project.name)}>
        <strong>{showHidden(project.name)}</strong>
        <span class="muted">
          {formatCount(project.artifactCount, "artifact")} ·{" "}
          {formatCount(project.versionCount, "version")} · {formatBytes(project.sizeBytes)}
        </span>
        <time class="muted" dateTime={project.updatedAt} title={formatTime(project.updatedAt)}>
          {formatAgo(project.updatedAt)}
        </time>
      </a>
    </li>
  );
}

function Welcome({
  ingest,
  inTrash,
}: {
  readonly ingest: IngestState;
  readonly inTrash: number;
}): JSX.Element {
  return (
    <div class="welcome">
      <h1>Every version of your files, kept in this browser</h1>
      <EmptyState icon={PackageOpen} title="Drop a model, a dataset or any folder here">
        <p>
          It becomes an artifact with an immutable v0. Drop it again changed, and you have v1.
          Nothing leaves this device.
        </p>
        <div class="welcome-actions">
          <Button variant="primary" icon={FolderPlus} onClick={() => ingest.chooseFolder()}>
            Choose folder
          </Button>
          <Button icon={FilePlus2} onClick={() => ingest.chooseFiles()}>
            Choose files
          </Button>
        </div>
      </EmptyState>
      {inTrash > 0 && <CareLinks inTrash={inTrash} />}
    </div>
  );
}
