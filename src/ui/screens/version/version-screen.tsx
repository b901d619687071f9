// One version of an artifact: what it is, the timeline it stands in, and views of it side by side.
import type { JSX } from "preact";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { IngestState } from "../../ingest/ingest-state.ts";
import { lazy } from "../../parts/lazy.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import type { VersionRoute, VersionTab } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { FilesPanel } from "./files-panel.tsx";
import { Timeline } from "./timeline.tsx";
import { VersionHeader } from "./version-header.tsx";
import "./version-screen.css";

const MetadataPanel = lazy(() =>
  import("./metadata-panel.tsx").then((module) => module.MetadataPanel),
);
const LineagePanel = lazy(() =>
  import("./lineage-panel.tsx").then((module) => module.LineagePanel),
);
const UsagePanel = lazy(() => import("./usage-panel.tsx").then((module) => module.UsagePanel));
const HistoryPanel = lazy(() =>
  import("./history-panel.tsx").then((module) => module.HistoryPanel),
);

interface VersionScreenProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly route: VersionRoute;
}

const TABS: readonly Tab<VersionTab>[] = [
  { id: "files", text: "Files" },
  { id: "metadata", text: "Metadata" },
  { id: "lineage", text: "Lineage" },
  { id: "usage", text: "Usage" },
  { id: "history", text: "History" },
];

export function VersionScreen({ app, ingest, route }: VersionScreenProps): JSX.Element {
  const { project, name, selector } = route;
  const { store } = app.cairn;
  // A check that ended tells when the version was last found right.
  const checkedAt = app.verify.ended.value?.report.checkedAt ?? "";
  const loaded = useResource(app, `${project}/${name}:${selector} ${checkedAt}`, () =>
    Promise.all([store.getVersion(project, name, selector), store.getArtifact(project, name)]),
  );
  if (loaded.phase === "loading") return <Loading what="the version" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [detail, { versions }] = loaded.value;
  return (
    <div class="version">
      <VersionHeader
        app={app}
        ingest={ingest}
        detail={detail}
        versions={versions}
        hasDescription={route.tab !== "metadata"}
      />
      <Timeline artifact={detail.artifact} versions={versions} current={detail.version.number} />
      <Tabs
        label="Views of this version"
        tabs={TABS}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab })}
      >
        <Panel key={detail.version.uid} app={app} detail={detail} route={route} />
      </Tabs>
    </div>
  );
}

interface PanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  readonly route: VersionRoute;
}

function Panel({ app, detail, route }: PanelProps): JSX.Element {
  switch (route.tab) {
    case "files":
      return <FilesPanel app={app} detail={detail} route={route} />;
    case "metadata":
      return <MetadataPanel app={app} detail={detail} />;
    case "lineage":
      return <LineagePanel app={app} detail={detail} />;
    case "usage":
      return <UsagePanel detail={detail} />;
    case "history":
      return <HistoryPanel app={app} detail={detail} />;
  }
}
