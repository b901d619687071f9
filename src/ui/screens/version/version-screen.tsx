// One version of an artifact: what it is, the timeline it stands in, and views of it side by side.
import type { ComponentChildren, JSX } from "preact";
import { Pin, Tag } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionDetail, VersionSummary } from "../../../protocol/browse-api.ts";
import type { IngestState } from "../../ingest/ingest-state.ts";
import { Chip } from "../../parts/chip.tsx";
import { Digest } from "../../parts/digest.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { runsHash, type Route, type VersionTab } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AliasBar } from "./alias-bar.tsx";
import { FilesPanel } from "./files-panel.tsx";
import { Timeline } from "./timeline.tsx";
import { VersionMenu } from "./version-menu.tsx";
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

export type VersionRoute = Extract<Route, { kind: "version" }>;

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
      <header class="version-header">
        <VersionTitle app={app} ingest={ingest} detail={detail} versions={versions} />
        <Labels detail={detail} />
        <Facts detail={detail} />
        {detail.version.description !== "" && route.tab !== "metadata" && (
          <p class="version-description">{showHiddenInText(detail.version.description)}</p>
        )}
      </header>
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

interface VersionTitleProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly detail: VersionDetail;
  readonly versions: readonly VersionSummary[];
}

function VersionTitle({ app, ingest, detail, versions }: VersionTitleProps): JSX.Element {
  const { artifact, version, aliases } = detail;
  const ref: VersionRef = {
    project: artifact.project,
    name: artifact.name,
    number: version.number,
  };
  return (
    <div class="version-title">
      <h1>
        {showHidden(artifact.name)}
        <span class="version-number">:{formatVersion(version.number)}</span>
      </h1>
      <div class="chips">
        <Chip>{showHidden(artifact.type)}</Chip>
        <AliasBar key={version.uid} app={app} version={ref} aliases={aliases} versions={versions} />
      </div>
      <VersionMenu app={app} ingest={ingest} detail={detail} />
    </div>
  );
}

/** Tags of the artifact and of the version, and whether it is pinned. */
function Labels({ detail }: { readonly detail: VersionDetail }): JSX.Element | null {
  const { artifact, version } = detail;
  const tags = [...new Set([...artifact.tags, ...version.tags])];
  if (tags.length === 0 && !version.pinned) return null;
  return (
    <ul class="version-labels" aria-label="Tags">
      {version.pinned && (
        <li>
          <Icon icon={Pin} size={14} /> pinned
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag}>
          <Icon icon={Tag} size={14} /> {showHidden(tag)}
        </li>
      ))}
    </ul>
  );
}

function Facts({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { artifact, version, producedBy } = detail;
  return (
    <dl class="facts">
      <Fact name="Size">
        {formatBytes(version.sizeBytes)}
        <span class="muted"> in {formatCount(version.fileCount, "file")}</span>
      </Fact>
      <Fact name="New to the store">{formatBytes(version.newBytes)}</Fact>
      <Fact name="Logged">
        <time dateTime={version.createdAt}>{formatTime(version.createdAt)}</time>
      </Fact>
      {producedBy.length > 0 && (
        <Fact name="Produced by">
          {producedBy.slice(0, 3).map((run) =>
            run.deletedAt === null ? (
              <a key={run.uid} href={runsHash(artifact.project, run.name)}>
                {showHidden(run.name)}
              </a>
            ) : (
              <s key={run.uid} class="muted" title="This run was deleted">
                {showHidden(run.name)}
              </s>
            ),
          )}
          {producedBy.length > 3 && <span class="muted">+{producedBy.length - 3}</span>}
        </Fact>
      )}
      <Fact name="Manifest digest">
        <Digest digest={version.digest} />
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
