// One version of an artifact: what it is, the timeline it stands in, and views of it side by side.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { ArtifactDetail, VersionDetail } from "../../../protocol/browse-api.ts";
import type { IngestState } from "../../ingest/ingest-state.ts";
import { lazy } from "../../parts/lazy.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import type { VersionRoute, VersionTab } from "../../router.ts";
import { AliasDrag } from "../../state/alias-drag.ts";
import type { AppState } from "../../state/app-state.ts";
import { dropOn } from "../../state/link-actions.ts";
import { VersionDrag } from "../../state/version-drag.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { provisionalIn } from "../../state/synced-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { describeMove, VersionFollower } from "../../state/version-follower.ts";
import { putAlias } from "./alias-actions.ts";
import { FilesPanel } from "./files-panel.tsx";
import { LinkLayer } from "./link-layer.tsx";
import type { LinkWays } from "./version-handle.ts";
import { Timeline } from "./timeline.tsx";
import { VersionHeader } from "./version-header.tsx";
import "./version-screen.css";

const MetadataPanel = lazy(() =>
  import("./metadata-panel.tsx").then((module) => module.MetadataPanel),
);
const MetricsPanel = lazy(() =>
  import("./metrics-panel.tsx").then((module) => module.MetricsPanel),
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

/** The views, with what can be counted at no cost. */
function tabsOf(detail: VersionDetail): readonly Tab<VersionTab>[] {
  const { version, producedBy, usedBy, derivedFrom, derivedTo } = detail;
  const lines = producedBy.length + usedBy.count + derivedFrom.length + derivedTo.count;
  return [
    { id: "files", text: "Files", count: version.fileCount },
    { id: "metadata", text: "Metadata", count: Object.keys(version.metadata).length },
    { id: "metrics", text: "Metrics" },
    { id: "lineage", text: "Lineage", count: lines },
    { id: "usage", text: "Usage" },
    { id: "history", text: "History" },
  ];
}

export function VersionScreen({ app, ingest, route }: VersionScreenProps): JSX.Element {
  const { project, name, selector } = route;
  const { store } = app.cairn;
  // A check that ended tells when the version was last found right.
  const checkedAt = app.verify.ended.value?.report.checkedAt ?? "";
  const [follower] = useState(() => new VersionFollower(store, project, name));
  const loaded = useResource(app, `${project}/${name}:${selector} ${checkedAt}`, () =>
    follower.load(selector),
  );
  const followed = loaded.phase === "ready" ? loaded.value : null;
  useEffect(() => {
    if (followed === null || !followed.hasMoved || followed.asked !== selector) return;
    app.toasts.show({ text: describeMove(followed) });
    app.replaceRoute({ ...route, selector: formatVersion(followed.detail.version.number) });
  }, [app, route, selector, followed]);
  // Apart from the version: there may be thousands, and going from one to the next changes none.
  const line = useResource(app, `${project}/${name}`, () => store.getArtifact(project, name));
  const [drag] = useState(() => new AliasDrag());
  const [versionDrag] = useState(() => new VersionDrag());
  const [linking, setLinking] = useState<VersionNumber | null>(null);
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  if (line.phase === "failed") return <LoadFailure problem={line.problem} />;
  if (loaded.phase === "loading" || line.phase === "loading") return <Loading what="the version" />;
  const { detail } = loaded.value;
  const isProvisional = provisionalIn(app.sync.remotes.value, detail.artifact);
  const { versions } = line.value;
  const move = (alias: Alias, number: VersionNumber): void =>
    void putAlias(app, { ...lineOf(detail), number }, alias);
  const links: LinkWays = {
    drag: versionDrag,
    onDrop: (number, target) => {
      if (target === "") setLinking(number);
      else void dropOn(app, { ...lineOf(detail), number }, target);
    },
    onLink: setLinking,
  };
  return (
    <div class="version">
      <VersionHeader
        app={app}
        ingest={ingest}
        detail={detail}
        versions={versions}
        drag={drag}
        onMove={move}
        links={links}
        hasDescription={route.tab !== "metadata"}
      />
      <Timeline
        route={route}
        versions={versions}
        current={detail.version.number}
        isProvisional={isProvisional}
        drag={drag}
        onMove={move}
        links={links}
      />
      {!isReadOnly() && (
        <LinkLayer
          app={app}
          version={{ ...lineOf(detail), number: detail.version.number }}
          type={detail.artifact.type}
          drag={versionDrag}
          linking={linking}
          onLink={setLinking}
        />
      )}
      <Tabs
        label="Views of this version"
        tabs={tabsOf(detail)}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab })}
      >
        <Panel
          // The metrics are those of all versions, and stay where they are scrolled to.
          key={route.tab === "metrics" ? "metrics" : detail.version.uid}
          app={app}
          detail={detail}
          versions={versions}
          route={route}
        />
      </Tabs>
    </div>
  );
}

function lineOf({ artifact }: VersionDetail): Pick<VersionRef, "project" | "name"> {
  return { project: artifact.project, name: artifact.name };
}

interface PanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  readonly versions: ArtifactDetail["versions"];
  readonly route: VersionRoute;
}

function Panel({ app, detail, versions, route }: PanelProps): JSX.Element {
  switch (route.tab) {
    case "files":
      return <FilesPanel app={app} detail={detail} route={route} />;
    case "metadata":
      return <MetadataPanel app={app} detail={detail} />;
    case "metrics":
      return <MetricsPanel app={app} detail={detail} versions={versions} route={route} />;
    case "lineage":
      return <LineagePanel app={app} detail={detail} route={route} />;
    case "usage":
      return <UsagePanel app={app} detail={detail} />;
    case "history":
      return <HistoryPanel app={app} detail={detail} versions={versions} />;
  }
}
